// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import { useContext, useState } from 'preact/hooks'
import { Button } from '../../parts/Button'
import { TextField } from '../../parts/Field'
import { at, changed, fieldOf, isTree, type Path, same } from './definition'
import { asText, FormContext, useField } from './form'
import { sentence } from './problems'

/** A list with a row for each entry, and a button for one more. */
export function RowsAt({
  path,
  label,
  hint,
  add,
  fresh,
  row,
}: {
  path: Path
  label: string
  hint?: ComponentChildren
  /** What the button says. */
  add: string
  fresh: unknown
  row: (path: Path, index: number) => ComponentChildren
}) {
  const { definition, change } = useContext(FormContext)
  const { value, error } = useField(path)
  const list: unknown[] = Array.isArray(value)
    ? (value as unknown[])
    : value === undefined
      ? []
      : [value]
  const put = (next: unknown[]) =>
    change(changed(definition, path, next.length === 0 ? undefined : next))
  return (
    <fieldset class="edit-rows">
      <legend>{label}</legend>
      {hint !== undefined && <p class="field-hint">{hint}</p>}
      {error !== undefined && <p class="field-error">{error}</p>}
      {list.map((_, index) => (
        <div class="edit-row" key={index}>
          {/* A single value has the path of the list itself. */}
          <div class="edit-row-fields">
            {row(Array.isArray(value) ? [...path, index] : path, index)}
          </div>
          <RowError path={[...path, index]} />
          <Button
            kind="quiet"
            label={`Remove ${label.toLowerCase()} ${index + 1}`}
            onClick={() => put(list.filter((_each, other) => other !== index))}
          >
            ✕
          </Button>
        </div>
      ))}
      <Button onClick={() => put([...list, fresh])}>{add}</Button>
    </fieldset>
  )
}

/** What is wrong with an entry as a whole. */
function RowError({ path }: { path: Path }) {
  const { definition, problems } = useContext(FormContext)
  const error = sentence(problems, fieldOf(path))
  return error === undefined || !isTree(at(definition, path)) ? null : (
    <p class="field-error">{error}</p>
  )
}

/** Texts, each in a row. */
export function TextsAt({
  path,
  label,
  hint,
  add,
  code = false,
}: {
  path: Path
  label: string
  hint?: ComponentChildren
  add: string
  code?: boolean
}) {
  return (
    <RowsAt
      path={path}
      label={label}
      hint={hint}
      add={add}
      fresh=""
      row={(each, index) => <TextRow path={each} label={`${label} ${index + 1}`} code={code} />}
    />
  )
}

/** An entry stays while it is empty: it goes by its button. */
export function TextRow({
  path,
  label,
  code = false,
  placeholder = '',
}: {
  path: Path
  label: string
  code?: boolean
  placeholder?: string
}) {
  const { value, set, wrong } = useField(path)
  return (
    <TextField
      label={label}
      value={asText(value)}
      code={code}
      placeholder={placeholder}
      onInput={set}
      {...wrong}
    />
  )
}

type Pair = [string, string]

/** Names with values, as headers are. */
export function PairsAt({
  path,
  label,
  hint,
  add,
}: {
  path: Path
  label: string
  hint?: ComponentChildren
  add: string
}) {
  const { value, set, error } = useField(path)
  const { problems } = useContext(FormContext)
  const [typed, setTyped] = useState<Pair[]>(() => pairs(value))
  const rows = same(tree(typed), value) ? typed : pairs(value)
  const put = (next: Pair[]) => {
    setTyped(next)
    set(tree(next))
  }
  return (
    <fieldset class="edit-rows">
      <legend>{label}</legend>
      {hint !== undefined && <p class="field-hint">{hint}</p>}
      {error !== undefined && <p class="field-error">{error}</p>}
      {rows.map(([name, text], index) => {
        const wrong = sentence(problems, fieldOf([...path, name]))
        return (
          <div class="edit-row" key={index}>
            <div class="edit-row-fields edit-row-pair">
              <TextField
                label="Name"
                value={name}
                onInput={(next) =>
                  put(rows.map((each, other) => (other === index ? [next, each[1]] : each)))
                }
              />
              <TextField
                label="Value"
                value={text}
                onInput={(next) =>
                  put(rows.map((each, other) => (other === index ? [each[0], next] : each)))
                }
                {...(wrong === undefined || name === '' ? {} : { error: wrong })}
              />
            </div>
            <Button
              kind="quiet"
              label={`Remove ${label.toLowerCase()} ${index + 1}`}
              onClick={() => put(rows.filter((_each, other) => other !== index))}
            >
              ✕
            </Button>
          </div>
        )
      })}
      <Button onClick={() => put([...rows, ['', '']])}>{add}</Button>
    </fieldset>
  )
}

function pairs(value: unknown): Pair[] {
  return isTree(value) ? Object.entries(value).map(([name, text]) => [name, asText(text)]) : []
}

/** Those without a name are still being typed. */
function tree(rows: Pair[]): Record<string, string> | undefined {
  const named = rows.filter(([name]) => name !== '')
  return named.length === 0 ? undefined : Object.fromEntries(named)
}
