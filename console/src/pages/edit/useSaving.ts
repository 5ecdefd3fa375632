// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'preact/hooks'
import { ask, Refusal, send } from '../../api/client'
import { failureOf } from '../../api/failure'
import type { SiteDocument, TextProblem } from '../../api/types'
import { merged } from './differences'
import { body, headers, inText, pathOf, type Editing } from './editing'
import { formatOf } from './definitionText'
import { problemsOf } from './useValidation'

export interface Saving {
  busy: boolean
  failure: string
  /** What the server refused when it was saved; null where nothing was. */
  problems: readonly TextProblem[] | null
  /** Another was faster; theirs is null where the site is gone. */
  conflict: { theirs: SiteDocument | null } | null
  save: () => void
  /** Something was typed since. */
  touched: () => void
  /** The other's definition, with what was changed here on top of it. */
  onTop: () => void
  useTheirs: () => void
  close: () => void
}

/** Saves what is edited, on the version that it began from. */
export function useSaving(
  editing: Editing,
  setEditing: (change: (old: Editing) => Editing) => void,
  saved: (segments: string[]) => void,
): Saving {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  const [problems, setProblems] = useState<readonly TextProblem[] | null>(null)
  const [conflict, setConflict] = useState<Saving['conflict']>(null)
  const path = pathOf(editing)
  const save = async () => {
    if (path === null) {
      return
    }
    setBusy(true)
    setFailure('')
    setProblems(null)
    try {
      await send(path, { method: 'PUT', body: body(editing), headers: headers(editing) })
      saved(path.split('/').map(decodeURIComponent))
    } catch (refused) {
      if (refused instanceof Refusal && refused.status === 400) {
        setProblems(problemsOf(refused))
        setFailure('It was not saved: something is not right yet.')
      } else if (refused instanceof Refusal && refused.status === 412) {
        await differing(path)
      } else if (refused instanceof Refusal && refused.status === 401) {
        setFailure('You were signed out. Sign in and save again; nothing typed is lost.')
      } else {
        const why = failureOf(refused).message
        setFailure(`It was not saved: ${why}. What is typed is kept; try again.`)
      }
    } finally {
      setBusy(false)
    }
  }
  const differing = async (at: string) => {
    if (editing.version === null) {
      setFailure('It was not saved: there is a site of this id already. Choose another id.')
      return
    }
    try {
      setConflict({ theirs: await ask<SiteDocument>(at) })
    } catch (refused) {
      if (refused instanceof Refusal && refused.status === 404) {
        setConflict({ theirs: null })
      } else {
        setFailure(
          'Somebody else has changed the site, and what they changed can not be had. Try again.',
        )
      }
    }
  }
  const answered = (next: (old: Editing) => Editing) => {
    setEditing((old) => {
      const changed = next(old)
      return old.text === null || changed.text === null
        ? changed
        : inText(changed, formatOf(old.text))
    })
    setConflict(null)
    setProblems(null)
    setFailure('')
  }
  const theirs = conflict?.theirs ?? null
  return {
    busy,
    failure,
    problems,
    conflict,
    save: () => void save(),
    touched: () => {
      setProblems(null)
      setFailure('')
    },
    onTop: () =>
      answered((old) =>
        theirs === null
          ? { ...old, version: null }
          : {
              ...old,
              definition: merged(old.base ?? theirs.definition, theirs.definition, old.definition),
              base: theirs.definition,
              version: theirs.version,
            },
      ),
    useTheirs: () =>
      answered((old) =>
        theirs === null
          ? old
          : {
              ...old,
              definition: theirs.definition,
              base: theirs.definition,
              version: theirs.version,
            },
      ),
    close: () => setConflict(null),
  }
}
