// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Result, SiteState } from '../../api/types'
import { causeInWords } from '../../parts/causes'
import { Facts, type Fact } from '../../parts/Facts'
import { bytes, certificate, latency, moment } from '../../parts/format'
import { found, Reason } from '../../parts/Outcome'
import { State } from '../../parts/State'
import { PhaseBar } from '../../parts/Waterfall/PhaseBar'
import { Waterfall } from '../../parts/Waterfall/Waterfall'
import { when } from '../../parts/chart/times'
import { serverNow } from './useSeries'

const STATE_OF: Record<Exclude<Result['outcome'], 'missed'>, SiteState> = {
  up: 'up',
  down: 'down',
  doubtful: 'doubtful',
}

/** A run in a line, and all of it below once that is asked for. */
export function RunRow({
  run,
  full_s,
  open,
  turn,
}: {
  run: Result
  /** What the whole width of a bar of phases stands for. */
  full_s: number
  open: boolean
  turn: () => void
}) {
  const time = when(run.at_ms / 1000, serverNow() / 1000)
  const cause = causeInWords(run.error_class)
  return (
    <>
      <tr class={open ? 'site-run-open' : ''}>
        <td>
          <button
            type="button"
            class="site-turn"
            aria-expanded={open}
            aria-label={`Details of the run at ${time}`}
            onClick={turn}
          >
            <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
              <path d="M4 2l4 4-4 4" fill="none" stroke="currentColor" stroke-width="1.8" />
            </svg>
          </button>
        </td>
        <td>{time}</td>
        <td class="site-column-Region">{run.region}</td>
        <td>
          {run.outcome === 'missed' ? (
            <span class="state state-idle">Missed</span>
          ) : (
            <State state={STATE_OF[run.outcome]} />
          )}
          {cause !== '' && <span class="site-cause">{cause}</span>}
        </td>
        <td>{latency(run.latency_s)}</td>
        <td class="site-phases">
          <PhaseBar phases_s={run.phases_s} full_s={full_s} />
        </td>
        <td class="site-column-Status">{run.status ?? '–'}</td>
        <td class="site-column-Address">{run.address ?? '–'}</td>
        <td class="site-column-Content">
          {run.content_bytes === null ? '–' : bytes(run.content_bytes)}
        </td>
        <td class="site-column-Attempts">{run.outcome === 'missed' ? '–' : run.attempts}</td>
        <td class="site-column-Late-by">{latency(run.schedule_lag_s)}</td>
        <td class="site-column-Certificate">{certificate(run.certificate_days)}</td>
      </tr>
      {open && (
        <tr class="site-run-more">
          <td colSpan={12}>
            <div class="site-details">
              <Details run={run} />
            </div>
          </td>
        </tr>
      )}
    </>
  )
}

function Details({ run }: { run: Result }) {
  if (run.outcome === 'missed') {
    return (
      <p>
        No run took place at this time, so what the site was like is not known.
        {run.error !== null && ` Weir says why: ${run.error}`}
      </p>
    )
  }
  return (
    <>
      {(run.error !== null || causeInWords(run.error_class) !== '') && <Reason run={run} />}
      {run.outcome === 'doubtful' && (
        <p>Most sites failed at this time, so the failure may be on Weir’s own side.</p>
      )}
      <Facts facts={figures(run)} />
      <Waterfall
        hops={[{ url: '', status: run.status, address: run.address, phases_s: run.phases_s }]}
      />
    </>
  )
}

function figures(run: Result): Fact[] {
  return [
    ['Time', moment(run.at_ms)],
    ['Region', run.region],
    ['Latency', latency(run.latency_s)],
    ['Smallest', latency(run.latency_min_s)],
    ['p50', latency(run.latency_p50_s)],
    ['p95', latency(run.latency_p95_s)],
    ['Largest', latency(run.latency_max_s)],
    ['Requests', String(run.requests)],
    ['Failed requests', String(run.failed_requests)],
    ['Attempts', String(run.attempts)],
    ...found(run),
    ['Late by', latency(run.schedule_lag_s)],
    ['Certificate', certificate(run.certificate_days)],
  ]
}
