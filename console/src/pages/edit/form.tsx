// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { createContext, type ComponentChildren } from 'preact'
import { useContext, useState } from 'preact/hooks'
import type { SiteDefinition, TextProblem } from '../../api/types'
import { SelectField, TextField } from '../../parts/Field'
import { at, changed, fieldOf, type Path, same, scalarText } from './definition'
import { sentence } from './problems'

/** What the fields of a form are about. */
export interface Form {
  definition: SiteDefinition
  problems: readonly TextProblem[]
  change: (next: SiteDefinition) => void
}

export const FormContext = createContext<Form>({
  definition: { id: '', endpoint: '' },
  problems: [],
  change: () => undefined,
})

export function useField(path: Path) {
  const { definition, problems, change } = useContext(FormContext)
  const error = sentence(problems, fieldOf(path))
  return {
    value: at(definition, path),
    set: (value: unknown) => change(changed(definition, path, value)),
    error,
    /** For parts that take no undefined. */
    wrong: error === undefined ? {} : { error },
  }
}

/** A value as it is typed: a text that says the same is left as it stands. */
export function useTyped(
  value: unknown,
  format: (value: unknown) => string,
  parse: (text: string) => unknown,
): [string, (text: string) => void] {
  const [text, setText] = useState(() => format(value))
  return [same(parse(text), value) ? text : format(value), setText]
}

interface AtPath {
  path: Path
  label: string
  hint?: ComponentChildren
  placeholder?: string
  lines?: number
  code?: boolean
}

/** A text; nothing typed is no field. */
export function TextAt({ path, label, ...more }: AtPath) {
  const { value, set, wrong } = useField(path)
  return (
    <TextField
      label={label}
      value={asText(value)}
      onInput={(text) => set(text === '' ? undefined : text)}
      {...more}
      {...wrong}
    />
  )
}

/** A whole number, or what was typed instead: the server says what is wrong with it. */
export function NumberAt({ path, label, ...more }: AtPath) {
  const { value, set, wrong } = useField(path)
  return (
    <TextField
      label={label}
      value={asText(value)}
      onInput={(text) => set(numberOr(text))}
      {...more}
      {...wrong}
    />
  )
}

/** Several values in a line, with commas between. */
export function ListAt({ path, label, ...more }: AtPath) {
  const { value, set } = useField(path)
  const { problems } = useContext(FormContext)
  const field = fieldOf(path)
  const error = problems
    .filter((each) => each.field === field || each.field.startsWith(`${field}[`))
    .map((each) => sentence([each], each.field))
    .join(' ')
  const [text, setText] = useTyped(value, asLine, parseLine)
  return (
    <TextField
      label={label}
      value={text}
      onInput={(typed) => {
        setText(typed)
        set(parseLine(typed))
      }}
      {...more}
      {...(error === '' ? {} : { error })}
    />
  )
}

/** One of some values; '' is the default, and no field. */
export function ChoiceAt({ path, options, label, hint }: AtPath & { options: [string, string][] }) {
  const { value, set, wrong } = useField(path)
  const text = asText(value)
  const known = options.some(([each]) => each === text)
  return (
    <SelectField
      label={label}
      hint={hint}
      value={text}
      options={known ? options : [...options, [text, text]]}
      onInput={(chosen) => set(chosen === '' ? undefined : chosen)}
      {...wrong}
    />
  )
}

export function asText(value: unknown): string {
  return typeof value === 'string'
    ? value
    : value === undefined || value === null
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : scalarText(value)
}

export function numberOr(text: string): unknown {
  const trimmed = text.trim()
  return trimmed === '' ? undefined : /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : text
}

function asLine(value: unknown): string {
  return Array.isArray(value) ? value.map(asText).join(', ') : asText(value)
}

function parseLine(text: string): unknown {
  const all = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map(numberOr)
  return all.length === 0 ? undefined : all
}
