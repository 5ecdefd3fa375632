// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../api/client'
import type { TriedRun } from '../../api/types'
import { Button } from '../../parts/Button'
import { causeInWords } from '../../parts/causes'
import { bytes, duration, milliseconds, moment } from '../../parts/format'
import { Failed } from '../../parts/Placeholder'
import { State } from '../../parts/State'
import { Waterfall } from '../../parts/Waterfall/Waterfall'
import { certificate } from './Figures'

/** Checks the site once, at once, and shows what that was like. */
export function CheckNow({ path, close }: { path: string; close: () => void }) {
  const [turn, setTurn] = useState(0)
  const [run, setRun] = useState<TriedRun | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    setRun(null)
    setFailure(null)
    ask<TriedRun>(`${path}/check`, { method: 'POST', signal: abort.signal }).then(
      setRun,
      (refused: unknown) => {
        if (!abort.signal.aborted) {
          setFailure(refused instanceof Error ? refused : new Error(String(refused)))
        }
      },
    )
    return () => abort.abort()
  }, [path, turn])
  const busy = run === null && failure === null
  return (
    <section class="panel site-check" aria-labelledby="site-check">
      <div class="site-panel-head">
        <h2 id="site-check">Check now</h2>
        <div class="site-buttons">
          {!busy && <Button onClick={() => setTurn(turn + 1)}>Check again</Button>}
          <Button kind="quiet" onClick={close}>
            {busy ? 'Cancel' : 'Close'}
          </Button>
        </div>
      </div>
      <div aria-live="polite">
        {busy && <Progress key={turn} />}
        {failure !== null && <Failed failure={failure} />}
        {run !== null && <Tried run={run} />}
      </div>
    </section>
  )
}

/** How long it has been running: a check may take as long as the site's timeouts allow. */
function Progress() {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = window.setInterval(() => setSeconds((old) => old + 1), 1000)
    return () => window.clearInterval(timer)
  }, [])
  return (
    <>
      <p>
        Checking. All of its requests are made, one after another.{' '}
        <span class="number" aria-hidden="true">
          {duration(seconds)}
        </span>
      </p>
      <div class="site-progress" aria-hidden="true" />
    </>
  )
}

function Tried({ run }: { run: TriedRun }) {
  const failed = run.requests.filter((each) => !each.up).length
  return (
    <>
      <p class="site-tried">
        <State state={run.up ? 'up' : 'down'} />
        <span>{moment(run.at_ms)}. This run is not kept: it is in no figure and no list.</span>
      </p>
      {!run.up && (
        <p class="site-reason">
          <b>{causeInWords(run.error_class) || 'Failed'}</b>
          {run.error !== null && `: ${run.error}`}
          {run.failed_expectation !== null && (
            <span class="site-expectation">Expected: {run.failed_expectation}</span>
          )}
        </p>
      )}
      <dl class="site-facts">
        {figures(run).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="number">{value}</dd>
          </div>
        ))}
      </dl>
      {run.requests.length > 1 && (
        <p class="site-soft">
          {run.requests.length} requests, {failed === 0 ? 'none failed' : `${failed} failed`}. Below
          is the one that decided.
        </p>
      )}
      <Waterfall hops={run.hops} />
    </>
  )
}

function figures(run: TriedRun): [string, string][] {
  return [
    ['Latency', milliseconds(run.latency_s === null ? null : run.latency_s * 1000)],
    ['Status', run.status === null ? '–' : String(run.status)],
    ['Address', run.address ?? '–'],
    ['Content', run.content_bytes === null ? '–' : bytes(run.content_bytes)],
    ['Attempts', String(run.attempts)],
    ['Certificate', certificate(run.certificate_days)],
  ]
}
