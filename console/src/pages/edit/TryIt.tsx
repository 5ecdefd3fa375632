// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useRef, useState } from 'preact/hooks'
import { ask, Refusal } from '../../api/client'
import type { SiteDefinition, TriedRun } from '../../api/types'
import { Button } from '../../parts/Button'
import { causeInWords } from '../../parts/causes'
import { bytes, milliseconds } from '../../parts/format'
import { Notice } from '../../parts/Notice'
import { State } from '../../parts/State'
import { Waterfall } from '../../parts/Waterfall/Waterfall'

/** Runs the check as it is typed, and shows what came of it. Nothing is kept. */
export function TryIt({ definition, ready }: { definition: SiteDefinition; ready: boolean }) {
  const [run, setRun] = useState<{ run: TriedRun; of: string } | null>(null)
  const [failure, setFailure] = useState('')
  const [busy, setBusy] = useState(false)
  const abort = useRef<AbortController | null>(null)
  useEffect(() => () => abort.current?.abort(), [])
  const now = JSON.stringify(definition)
  const tried = async () => {
    abort.current?.abort()
    const own = new AbortController()
    abort.current = own
    setBusy(true)
    setFailure('')
    try {
      const site = { ...definition, id: definition.id === '' ? 'trial' : definition.id }
      const answer = await ask<TriedRun>('check', {
        method: 'POST',
        body: { site },
        signal: own.signal,
      })
      setRun({ run: answer, of: now })
    } catch (refused) {
      if (!own.signal.aborted) {
        setFailure(why(refused))
      }
    } finally {
      if (!own.signal.aborted) {
        setBusy(false)
      }
    }
  }
  return (
    <section class="panel edit-try" aria-labelledby="edit-try">
      <h2 id="edit-try">Try it</h2>
      <p class="edit-soft">
        Runs the check once as it stands here. Nothing is saved and nobody is told.
      </p>
      <Button busy={busy} disabled={!ready} onClick={() => void tried()}>
        {busy ? 'Checking…' : run === null ? 'Try it' : 'Try again'}
      </Button>
      <div aria-live="polite">
        {failure !== '' && <Notice kind="failure">It could not be tried. {failure}</Notice>}
        {run !== null && (
          <>
            {run.of !== now && <p class="edit-soft">This was before the last change.</p>}
            <Tried run={run.run} />
          </>
        )}
      </div>
    </section>
  )
}

function why(refused: unknown): string {
  if (refused instanceof Refusal && refused.problem.problems !== undefined) {
    return refused.problem.problems.map((each) => `${each.field} ${each.reason}.`).join(' ')
  }
  return refused instanceof Error ? `${refused.message}.` : String(refused)
}

function Tried({ run }: { run: TriedRun }) {
  const failed = run.requests.filter((each) => !each.up).length
  const facts: [string, string][] = [
    ['Latency', milliseconds(run.latency_s === null ? null : run.latency_s * 1000)],
    ['Status', run.status === null ? '–' : String(run.status)],
    ['Address', run.address ?? '–'],
    ['Content', run.content_bytes === null ? '–' : bytes(run.content_bytes)],
    ['Certificate', run.certificate_days === null ? '–' : `${run.certificate_days} days`],
    [
      'Requests',
      failed === 0 ? `${run.requests.length}` : `${run.requests.length}, ${failed} failed`,
    ],
  ]
  return (
    <div class="edit-tried">
      <p>
        <State state={run.up ? 'up' : 'down'} /> {!run.up && <b>{causeInWords(run.error_class)}</b>}
      </p>
      {run.error !== null && <p class="edit-reason">{run.error}</p>}
      {run.failed_expectation !== null && (
        <p class="edit-soft">
          Expected: <code>{run.failed_expectation}</code>
        </p>
      )}
      <dl class="edit-facts">
        {facts
          .filter(([, value]) => value !== '–')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd class="number">{value}</dd>
            </div>
          ))}
      </dl>
      <Waterfall hops={run.hops} />
    </div>
  )
}
