// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useRef, useState } from 'preact/hooks'
import { ask, Refusal } from '../../api/client'
import { failureOf } from '../../api/failure'
import type { SiteDefinition, TriedRun } from '../../api/types'
import { Button } from '../../parts/Button'
import { Notice } from '../../parts/Notice'
import { Tried } from '../../parts/Outcome'
import { State } from '../../parts/State'

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
      <p class="soft">
        Runs the check once as it stands here. Nothing is saved and nobody is told.
      </p>
      <Button busy={busy} disabled={!ready} onClick={() => void tried()}>
        {busy ? 'Checking…' : run === null ? 'Try it' : 'Try again'}
      </Button>
      <div aria-live="polite">
        {failure !== '' && <Notice kind="failure">It could not be tried. {failure}</Notice>}
        {run !== null && (
          <>
            {run.of !== now && <p class="soft">This was before the last change.</p>}
            <p>
              <State state={run.run.up ? 'up' : 'down'} />
            </p>
            <Tried run={run.run} kind="grid" />
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
  return `${failureOf(refused).message}.`
}
