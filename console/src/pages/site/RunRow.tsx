// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Result, SiteState } from '../../api/types'
import { causeInWords } from '../../parts/causes'
import { bytes, milliseconds, moment } from '../../parts/format'
import { State } from '../../parts/State'
import { PhaseBar } from '../../parts/Waterfall/PhaseBar'
import { Waterfall } from '../../parts/Waterfall/Waterfall'
import { when } from '../../parts/chart/times'
import { certificate } from './Figures'
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
        <td class="site-column-Content">{content(run.content_bytes)}</td>
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
  const cause = causeInWords(run.error_class)
  return (
    <>
      {(cause !== '' || run.error !== null) && (
        <p class="site-reason">
          <b>{cause || 'Failed'}</b>
          {run.error !== null && `: ${run.error}`}
          {run.failed_expectation !== null && (
            <span class="site-expectation">Expected: {run.failed_expectation}</span>
          )}
        </p>
      )}
      {run.outcome === 'doubtful' && (
        <p>Most sites failed at this time, so the failure may be on Weir’s own side.</p>
      )}
      <dl class="site-facts">
        {figures(run).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="number">{value}</dd>
          </div>
        ))}
      </dl>
      <Waterfall
        hops={[{ url: '', status: run.status, address: run.address, phases_s: run.phases_s }]}
      />
    </>
  )
}

function figures(run: Result): [string, string][] {
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
    ['Status', run.status === null ? '–' : String(run.status)],
    ['Address', run.address ?? '–'],
    ['Content', content(run.content_bytes)],
    ['Late by', latency(run.schedule_lag_s)],
    ['Certificate', certificate(run.certificate_days)],
  ]
}

function latency(seconds: number | null): string {
  return milliseconds(seconds === null ? null : seconds * 1000)
}

function content(count: number | null): string {
  return count === null ? '–' : bytes(count)
}
