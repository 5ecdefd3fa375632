// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { SqlPage } from '../../api/types'

export type Column = SqlPage['columns'][number]
export type Row = readonly unknown[]

export interface Order {
  column: number
  down: boolean
}

const NUMBERS = new Set(['double', 'bigint', 'integer'])

export function isNumber(column: Column | undefined): boolean {
  return column !== undefined && NUMBERS.has(column.type)
}

/** A value as it is read; null where there is none. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) {
    return null
  }
  return typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`
}

/** What comes before what; nothing comes last, whichever way. */
export function sorted(rows: readonly Row[], columns: readonly Column[], order: Order | null) {
  if (order === null) {
    return rows
  }
  const numeric = isNumber(columns[order.column])
  const sign = order.down ? -1 : 1
  const by = (one: Row, two: Row) => {
    const a = one[order.column] ?? null
    const b = two[order.column] ?? null
    if (a === null || b === null) {
      return a === b ? 0 : a === null ? 1 : -1
    }
    if (numeric) {
      return sign * compareNumbers(a, b)
    }
    const [x, y] = [textOf(a) ?? '', textOf(b) ?? '']
    return sign * (x < y ? -1 : x > y ? 1 : 0)
  }
  return [...rows].sort(by)
}

/** Whole numbers beyond 2^53 and NaN come as texts. */
function compareNumbers(a: unknown, b: unknown): number {
  const [x, y] = [Number(a), Number(b)]
  if (Number.isNaN(x) || Number.isNaN(y)) {
    return Number.isNaN(x) ? (Number.isNaN(y) ? 0 : 1) : -1
  }
  if (x === y && (typeof a === 'string' || typeof b === 'string') && Number.isFinite(x)) {
    const [m, n] = [BigInt(String(a)), BigInt(String(b))]
    return m < n ? -1 : m > n ? 1 : 0
  }
  return x - y
}

/** Widths of columns, in characters: what the first rows need, within bounds. */
export function widths(columns: readonly Column[], rows: readonly Row[]): number[] {
  return columns.map((column, index) => {
    const longest = rows
      .slice(0, 100)
      .reduce((most, row) => Math.max(most, (textOf(row[index]) ?? '').length), 0)
    return Math.min(60, Math.max(longest, column.name.length + 3, column.type.length + 1, 6)) + 2
  })
}

/** Which rows are drawn of a list that scrolls: [from, to). */
export function rowsBetween(top: number, height: number, rowHeight: number, count: number) {
  const screen = Math.ceil(height / rowHeight)
  const first = Math.floor(top / rowHeight) - screen
  const from = Math.max(0, Math.min(count, first - (first % 10)))
  return { from, to: Math.min(count, Math.ceil((top + height) / rowHeight) + screen + 10) }
}
