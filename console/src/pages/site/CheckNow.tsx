// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../api/client'
import { failureOf } from '../../api/failure'
import type { TriedRun } from '../../api/types'
import { Button } from '../../parts/Button'
import { duration, moment } from '../../parts/format'
import { Tried } from '../../parts/Outcome'
import { Failed } from '../../parts/Placeholder'
import { State } from '../../parts/State'

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
          setFailure(failureOf(refused))
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
        <div class="buttons">
          {!busy && <Button onClick={() => setTurn(turn + 1)}>Check again</Button>}
          <Button kind="quiet" onClick={close}>
            {busy ? 'Cancel' : 'Close'}
          </Button>
        </div>
      </div>
      <div aria-live="polite">
        {busy && <Progress key={turn} />}
        {failure !== null && <Failed failure={failure} />}
        {run !== null && (
          <>
            <p class="site-tried">
              <State state={run.up ? 'up' : 'down'} />
              <span>
                {moment(run.at_ms)}. This run is not kept: it is in no figure and no list.
              </span>
            </p>
            <Tried run={run} />
          </>
        )}
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
