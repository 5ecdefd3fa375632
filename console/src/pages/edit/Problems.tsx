// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useContext } from 'preact/hooks'
import { Button } from '../../parts/Button'
import { changed, foreignSections, protocolOf } from './definition'
import { FormContext } from './form'
import { elsewhere, inWords, shown } from './problems'

/** What is wrong and stands beside no field; in the text view all of it, with its lines. */
export function Problems({ form }: { form: boolean }) {
  const { definition, problems, change } = useContext(FormContext)
  const listed = form ? elsewhere(problems, shown(protocolOf(definition))) : problems
  if (listed.length === 0) {
    return null
  }
  const foreign = form ? foreignSections(definition) : []
  return (
    <div class="notice notice-failure edit-problems" role="status">
      <ul>
        {listed.map((problem, index) => (
          <li key={index}>
            {!form && problem.line > 0 && <span class="edit-line">Line {problem.line}</span>}
            {problem.field === '' ? (
              inWords(problem.reason)
            ) : (
              <>
                <code>{problem.field}</code> {problem.reason}
              </>
            )}
            {foreign.includes(problem.field) && (
              <Button
                kind="quiet"
                onClick={() => change(changed(definition, [problem.field], undefined))}
              >
                Take it out
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
