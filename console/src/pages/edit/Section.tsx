// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import { useContext, useState } from 'preact/hooks'
import { FormContext } from './form'
import { about } from './problems'
import { summaryOf } from './summary'

/** Fields that few sites need: closed until somebody wants them, or something is wrong there. */
export function Section({
  title,
  says,
  fields,
  children,
}: {
  title: string
  /** What holds while nothing of it is said. */
  says: string
  /** Problems of these are in it. */
  fields: readonly string[]
  children: ComponentChildren
}) {
  const { definition, problems } = useContext(FormContext)
  const wrong = about(problems, fields).length
  const set = summaryOf(definition, fields)
  const [opened, setOpened] = useState<boolean | null>(null)
  return (
    <details
      class="edit-section panel"
      open={opened ?? wrong > 0}
      onToggle={(event) => {
        const { open } = event.currentTarget
        if (open !== (opened ?? wrong > 0)) {
          setOpened(open)
        }
      }}
    >
      <summary>
        <h2>{title}</h2>
        <span class="edit-section-says">
          {wrong > 0 ? (
            <span class="field-error">{wrong === 1 ? '1 problem' : `${wrong} problems`}</span>
          ) : set !== '' ? (
            set
          ) : (
            says
          )}
        </span>
      </summary>
      <div class="edit-section-fields">{children}</div>
    </details>
  )
}
