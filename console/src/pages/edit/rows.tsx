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
    <Rows
      label={label}
      hint={hint}
      error={error}
      add={add}
      rows={list.map((_, index) => (
        <>
          {/* A single value has the path of the list itself. */}
          <div class="edit-row-fields">
            {row(Array.isArray(value) ? [...path, index] : path, index)}
          </div>
          <RowError path={[...path, index]} />
        </>
      ))}
      onRemove={(index) => put(list.filter((_, other) => other !== index))}
      onAdd={() => put([...list, fresh])}
    />
  )
}

/** What every list looks like: a frame, a button for each row that takes it away, one for one more. */
function Rows({
  label,
  hint,
  error,
  add,
  rows,
  onRemove,
  onAdd,
}: {
  label: string
  hint: ComponentChildren
  error: string | undefined
  add: string
  rows: ComponentChildren[]
  onRemove: (index: number) => void
  onAdd: () => void
}) {
  return (
    <fieldset class="edit-rows">
      <legend>{label}</legend>
      {hint !== undefined && <p class="field-hint">{hint}</p>}
      {error !== undefined && <p class="field-error">{error}</p>}
      {rows.map((row, index) => (
        <div class="edit-row" key={index}>
          {row}
          <Button
            kind="quiet"
            label={`Remove ${label.toLowerCase()} ${index + 1}`}
            onClick={() => onRemove(index)}
          >
            ✕
          </Button>
        </div>
      ))}
      <Button onClick={onAdd}>{add}</Button>
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
  ...more
}: {
  path: Path
  label: string
  code?: boolean
  placeholder?: string
  hint?: string
}) {
  const { value, set, wrong } = useField(path)
  return <TextField value={asText(value)} autocomplete="off" onInput={set} {...more} {...wrong} />
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
    <Rows
      label={label}
      hint={hint}
      error={error}
      add={add}
      rows={rows.map(([name, text], index) => {
        const wrong = sentence(problems, fieldOf([...path, name]))
        const change = (pair: Pair) =>
          put(rows.map((each, other) => (other === index ? pair : each)))
        return (
          <div class="edit-row-fields edit-row-pair">
            <TextField label="Name" value={name} onInput={(next) => change([next, text])} />
            <TextField
              label="Value"
              value={text}
              onInput={(next) => change([name, next])}
              {...(wrong === undefined || name === '' ? {} : { error: wrong })}
            />
          </div>
        )
      })}
      onRemove={(index) => put(rows.filter((_, other) => other !== index))}
      onAdd={() => put([...rows, ['', '']])}
    />
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
