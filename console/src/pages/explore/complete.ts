// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Catalog, TableColumns } from '../../api/types'
import { FUNCTIONS, KEYWORDS } from './dialect'
import { meaningful, quoted, type Token, tokensOf, unquoted } from './tokens'

interface Suggestion {
  /** What is put into the text. */
  text: string
  /** What people read. */
  name: string
  /** What it is, in a few words. */
  about: string
}

export interface Completion {
  /** What is replaced: offsets in the text. */
  from: number
  to: number
  items: Suggestion[]
}

/** What is known of the catalog: columns only of tables that were looked at. */
export interface Known {
  catalog: Catalog | null
  columns: ReadonlyMap<string, TableColumns>
}

/** Suggestions that are shown. */
export const ITEMS_MAX = 12

const NONE: readonly Token[] = []

/** What could stand at the caret; null where nothing is worth suggesting. */
export function complete(
  text: string,
  caret: number,
  known: Known,
  wanted = false,
): Completion | null {
  const tokens = tokensOf(text)
  const under = tokens.find((token) => token.from < caret && caret <= token.to)
  if (under?.kind === 'string' || under?.kind === 'comment' || under?.kind === 'number') {
    return null
  }
  const word =
    under !== undefined && ['name', 'keyword', 'function', 'quoted'].includes(under.kind)
      ? under
      : null
  const typed = word === null ? '' : unquoted(text.slice(word.from, caret))
  const from = word?.from ?? caret
  const before = meaningful(tokens.filter((token) => token.to <= from))
  const last = before.at(-1)
  if (typed === '' && last?.text !== '.' && !wanted) {
    return null
  }
  const items = fitting(candidates(text, before, known), typed)
  // A word that is whole is left alone, so that Enter ends the line.
  const whole = !wanted && items.some((item) => item.name.toLowerCase() === typed.toLowerCase())
  return items.length === 0 || whole ? null : { from, to: word?.to ?? caret, items }
}

/** Tables that a text names, as database.table. */
export function tablesIn(text: string, catalog: Catalog | null): [string, string][] {
  const tokens = meaningful(tokensOf(text))
  const found: [string, string][] = []
  tokens.forEach((token, index) => {
    const database = unquoted(token.text)
    const table = unquoted(tokens[index + 2]?.text ?? '')
    const there =
      tokens[index + 1]?.text === '.' &&
      catalog?.databases.some((each) => each.name === database && each.tables.includes(table))
    if (there === true && !found.some((each) => each[0] === database && each[1] === table)) {
      found.push([database, table])
    }
  })
  return found
}

function candidates(text: string, before: Token[], known: Known): Suggestion[] {
  const databases = known.catalog?.databases ?? []
  const last = before.at(-1)
  if (last?.text === '.') {
    const owner = unquoted(before.at(-2)?.text ?? '')
    const database = databases.find((each) => each.name === owner)
    if (database !== undefined) {
      return database.tables.map((table) => ({
        text: quoted(table),
        name: table,
        about: `table of ${owner}`,
      }))
    }
    return columnsOf(text, known)
  }
  const tables = databases.flatMap((database) => [
    ...database.tables.map((table) => ({
      text: `${quoted(database.name)}.${quoted(table)}`,
      name: `${database.name}.${table}`,
      about: 'table',
    })),
  ])
  const names = databases.map((database) => ({
    text: quoted(database.name),
    name: database.name,
    about: 'database',
  }))
  if (wantsTable(before)) {
    return [...tables, ...names]
  }
  return [
    ...columnsOf(text, known),
    ...FUNCTIONS.map((each) => ({ text: `${each.name}(`, name: each.name, about: each.form })),
    ...KEYWORDS.map((each) => ({ text: each, name: each, about: '' })),
    ...tables,
    ...names,
  ]
}

function wantsTable(before: readonly Token[] = NONE): boolean {
  const last = before.at(-1)
  return (
    last?.kind === 'keyword' &&
    ['FROM', 'JOIN', 'DESCRIBE', 'DESC'].includes(last.text.toUpperCase())
  )
}

function columnsOf(text: string, known: Known): Suggestion[] {
  return tablesIn(text, known.catalog).flatMap(([database, table]) =>
    (known.columns.get(`${database}.${table}`)?.columns ?? []).map((column) => ({
      text: quoted(column.name),
      name: column.name,
      about: `${column.type}, ${column.kind === 'measure_name' ? 'measure name' : column.kind}`,
    })),
  )
}

/** Those that begin with what was typed before those that only have it in them. */
function fitting(items: Suggestion[], typed: string): Suggestion[] {
  const lower = typed.toLowerCase()
  const begins = items.filter((item) => item.name.toLowerCase().startsWith(lower))
  const within =
    lower.length < 2 ? [] : items.filter((item) => item.name.toLowerCase().indexOf(lower) > 0)
  const seen = new Set<string>()
  return [...begins, ...within]
    .filter((item) => !seen.has(item.name) && seen.add(item.name))
    .slice(0, ITEMS_MAX)
}
