// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from 'preact/hooks'
import { mustSignIn, Refusal, send } from '../../api/client'
import { failureOf } from '../../api/failure'
import type { TextProblem } from '../../api/types'

/** Time without a key pressed until the server is asked. */
export const PAUSE_MS = 300

export interface Question {
  path: string
  body: string
  headers: Record<string, string>
}

export interface Verdict {
  problems: readonly TextProblem[]
  /** The server has not judged what is there now. */
  waiting: boolean
  /** Another has this id, or has changed the site. */
  conflict: boolean
  /** Why it could not be judged. */
  failure: string | null
}

const NOTHING: Verdict = { problems: [], waiting: false, conflict: false, failure: null }

/** Judges by the server's own rules what would be saved. The last answer wins. */
export function useValidation(question: Question | null): Verdict {
  const [verdict, setVerdict] = useState<Verdict>(NOTHING)
  const key = question === null ? '' : JSON.stringify(question)
  const signedOut = mustSignIn.value
  useEffect(() => {
    if (question === null || signedOut) {
      return undefined
    }
    const abort = new AbortController()
    setVerdict((old) => ({ ...old, waiting: true }))
    const timer = window.setTimeout(() => {
      send(question.path, {
        method: 'PUT',
        query: { dryRun: 'true' },
        body: question.body,
        headers: question.headers,
        signal: abort.signal,
      }).then(
        () => setVerdict(NOTHING),
        (failure: unknown) => {
          if (!abort.signal.aborted) {
            setVerdict((old) => judged(old, failure))
          }
        },
      )
    }, PAUSE_MS)
    return () => {
      window.clearTimeout(timer)
      abort.abort()
    }
    // The key says all that the question says.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, signedOut])
  return question === null ? NOTHING : verdict
}

function judged(old: Verdict, failure: unknown): Verdict {
  if (failure instanceof Refusal) {
    if (failure.status === 412) {
      return { ...NOTHING, conflict: true }
    }
    if (failure.status === 400) {
      return { ...NOTHING, problems: problemsOf(failure) }
    }
  }
  const message = failureOf(failure).message
  return { ...old, waiting: false, failure: message }
}

/** What is wrong with a text; a refusal without places is about all of it. */
export function problemsOf(refusal: Refusal): readonly TextProblem[] {
  return (
    refusal.problem.problems ?? [
      { file: '', line: 0, site: '', field: '', reason: refusal.problem.detail },
    ]
  )
}
