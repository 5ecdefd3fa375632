// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useId } from 'preact/hooks'
import { SelectField } from '../../parts/Field'
import { formatOf, read, type TextFormat } from './definitionText'

/** The whole definition as YAML or JSON, with all that the form has no field for. */
export function TextView({
  text,
  onInput,
  format,
}: {
  text: string
  onInput: (text: string) => void
  format: (format: TextFormat) => void
}) {
  const id = useId()
  const { fault } = read(text)
  return (
    <section class="panel">
      <div class="edit-text-head">
        <h2 id={`${id}-name`}>The definition</h2>
        <SelectField
          label="Written as"
          value={formatOf(text)}
          options={[
            ['yaml', 'YAML'],
            ['json', 'JSON'],
          ]}
          onInput={(chosen) => {
            if (fault === null) {
              format(chosen === 'json' ? 'json' : 'yaml')
            }
          }}
        />
      </div>
      <textarea
        id={id}
        class="input code edit-text"
        rows={Math.min(40, Math.max(16, text.split('\n').length + 1))}
        value={text}
        spellcheck={false}
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {fault !== null && (
        <p class="field-error">
          {fault} As long as that is so, it can be saved as it is, but not shown as a form.
        </p>
      )}
      <p id={`${id}-hint`} class="field-hint">
        As a file for <code>weir sites apply</code> has it; docs/sites.md lists every field. The
        form and this text are the same definition.
      </p>
    </section>
  )
}
