// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import './parts.css'

interface FieldProps {
  label: string
  /** What it is for, in a sentence. */
  hint?: ComponentChildren
  /** What is wrong with it, in the server's words. */
  error?: string
}

interface TextFieldProps extends FieldProps {
  value: string
  onInput: (value: string) => void
  type?: 'text' | 'password'
  autocomplete?: string
  placeholder?: string
  /** Lines of a larger field; 1 for a single line. */
  lines?: number
  code?: boolean
  disabled?: boolean
}

export function TextField({
  label,
  hint,
  error,
  value,
  onInput,
  type = 'text',
  lines = 1,
  code = false,
  ...more
}: TextFieldProps) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(id, described) =>
        lines > 1 ? (
          <textarea
            id={id}
            class={code ? 'input code' : 'input'}
            rows={lines}
            value={value}
            spellcheck={false}
            aria-invalid={error !== undefined}
            aria-describedby={described}
            onInput={(event) => onInput(event.currentTarget.value)}
            {...more}
          />
        ) : (
          <input
            id={id}
            class={code ? 'input code' : 'input'}
            {...({ type } as { type: 'text' })}
            value={value}
            spellcheck={false}
            aria-invalid={error !== undefined}
            aria-describedby={described}
            onInput={(event) => onInput(event.currentTarget.value)}
            {...more}
          />
        )
      }
    </Labelled>
  )
}

interface SelectFieldProps extends FieldProps {
  value: string
  /** Value and what people read. */
  options: [string, string][]
  onInput: (value: string) => void
}

export function SelectField({ label, hint, error, value, options, onInput }: SelectFieldProps) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(id, described) => (
        <select
          id={id}
          class="input"
          value={value}
          aria-invalid={error !== undefined}
          aria-describedby={described}
          onInput={(event) => onInput(event.currentTarget.value)}
        >
          {options.map(([each, text]) => (
            <option key={each} value={each}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

export function CheckField({
  label,
  hint,
  value,
  onInput,
}: {
  label: string
  hint?: ComponentChildren
  value: boolean
  onInput: (value: boolean) => void
}) {
  const id = useId()
  return (
    <div class="check">
      <input
        id={id}
        type="checkbox"
        checked={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onInput={(event) => onInput(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
    </div>
  )
}

function Labelled({
  label,
  hint,
  error,
  children,
}: {
  label: string
  hint: ComponentChildren
  error: string | undefined
  children: (id: string, described: string | undefined) => ComponentChildren
}) {
  const id = useId()
  const described = [
    hint === undefined ? '' : `${id}-hint`,
    error === undefined ? '' : `${id}-error`,
  ].filter(Boolean)
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id, described.length === 0 ? undefined : described.join(' '))}
      {error !== undefined && (
        <p id={`${id}-error`} class="field-error">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
    </div>
  )
}
