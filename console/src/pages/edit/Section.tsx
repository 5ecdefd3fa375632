// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import { useContext, useState } from 'preact/hooks'
import { at, isTree } from './definition'
import { FormContext } from './form'
import { about } from './problems'

/** Fields that few sites need: closed until somebody wants them, or something is wrong there. */
export function Section({
  title,
  says,
  fields,
  children,
}: {
  title: string
  /** What is in it, while it is closed. */
  says: string
  /** Problems of these are in it. */
  fields: readonly string[]
  children: ComponentChildren
}) {
  const { definition, problems } = useContext(FormContext)
  const wrong = about(problems, fields).length
  const set = fields.flatMap((field) => named(at(definition, [field]), field))
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
          ) : set.length > 0 ? (
            set.join(', ')
          ) : (
            says
          )}
        </span>
      </summary>
      <div class="edit-section-fields">{children}</div>
    </details>
  )
}

/** What is said in a section: the names of its fields. */
function named(value: unknown, field: string): string[] {
  return value === undefined
    ? []
    : isTree(value)
      ? Object.keys(value).map((name) => name.replaceAll('-', ' '))
      : [field]
}
