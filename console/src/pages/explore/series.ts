// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ChartLine } from '../../parts/chart/model'
import { type Column, isNumber, type Row } from './shape'

/** Lines that a chart has at most; more can't be told apart. */
export const LINES_MAX = 20

/** Colours that there are; after them they begin anew, dashed. */
const COLOURS = 10

/** What a chart is made of. */
export interface Choice {
  /** Column of the values; null for all numbers, where nothing splits them. */
  value: number | null
  /** Column whose values have a line each; null for none. */
  by: number | null
}

export interface Drawn {
  at_s: number[]
  lines: ChartLine[]
  /** Lines beyond the most. */
  left: number
  /** Times were rounded to so many seconds so that lines have them in common; 0: they are exact. */
  rounded_s: number
}

export function timeColumn(columns: readonly Column[]): number {
  return columns.findIndex((column) => column.type === 'timestamp')
}

export function numberColumns(columns: readonly Column[]): number[] {
  return columns.flatMap((column, index) => (isNumber(column) ? [index] : []))
}

export function textColumns(columns: readonly Column[]): number[] {
  return columns.flatMap((column, index) => (column.type === 'varchar' ? [index] : []))
}

/** What to draw where nobody has chosen: null where there is no time or no number. */
export function standardChoice(columns: readonly Column[], rows: readonly Row[]): Choice | null {
  const numbers = numberColumns(columns)
  if (timeColumn(columns) < 0 || numbers.length === 0) {
    return null
  }
  const several = textColumns(columns).find((column) => distinct(rows, column) > 1)
  return several === undefined
    ? { value: null, by: null }
    : { value: numbers[0] ?? null, by: several }
}

/** Times of Timestream: 2026-03-10 10:00:00.000000000, UTC; as epoch seconds. */
export function secondsOf(text: unknown): number | null {
  if (typeof text !== 'string') {
    return null
  }
  const at = Date.parse(`${text.slice(0, 23).replace(' ', 'T')}Z`)
  return Number.isNaN(at) ? null : at / 1000
}

export function draw(columns: readonly Column[], rows: readonly Row[], choice: Choice): Drawn {
  const time = timeColumn(columns)
  const values = choice.value === null ? numberColumns(columns) : [choice.value]
  const points = new Map<string, Map<number, number>>()
  for (const row of rows) {
    const at = secondsOf(row[time])
    if (at === null) {
      continue
    }
    for (const column of values) {
      const value = row[column]
      const name = nameOf(columns, row, column, choice)
      const line = points.get(name) ?? new Map<number, number>()
      points.set(name, line)
      if (typeof value === 'number') {
        line.set(at, value)
      }
    }
  }
  const names = [...points.keys()].slice(0, LINES_MAX)
  const shown = names.map((name) => points.get(name) ?? new Map<number, number>())
  const rounded_s = roundingOf(shown)
  const rounded = rounded_s === 0 ? shown : shown.map((line) => round(line, rounded_s))
  const at_s = [...new Set(rounded.flatMap((line) => [...line.keys()]))].sort((a, b) => a - b)
  return {
    at_s,
    rounded_s,
    left: points.size - names.length,
    lines: rounded.map((line, index) => ({
      key: names[index] ?? '',
      name: names[index] ?? '',
      colour: `--series-${(index % COLOURS) + 1}`,
      dashed: index >= COLOURS,
      kind: 'line',
      values: at_s.map((at) => line.get(at) ?? null),
    })),
  }
}

function nameOf(columns: readonly Column[], row: Row, column: number, choice: Choice): string {
  if (choice.by === null) {
    return columns[column]?.name ?? ''
  }
  const own = row[choice.by]
  return typeof own === 'string' && own !== '' ? own : '(none)'
}

function distinct(rows: readonly Row[], column: number): number {
  return new Set(rows.map((row) => row[column])).size
}

/** Lines whose times are all different would be dots: then they are rounded to the usual distance. */
function roundingOf(lines: readonly ReadonlyMap<number, number>[]): number {
  const longest = Math.max(0, ...lines.map((line) => line.size))
  const all = new Set(lines.flatMap((line) => [...line.keys()])).size
  if (all <= longest * 1.5 || longest < 2) {
    return 0
  }
  const apart = lines
    .flatMap((line) => {
      const times = [...line.keys()].sort((a, b) => a - b)
      return times.slice(1).map((at, index) => at - (times[index] ?? at))
    })
    .sort((a, b) => a - b)
  return Math.max(1, Math.round(apart[Math.floor(apart.length / 2)] ?? 0))
}

function round(line: ReadonlyMap<number, number>, to_s: number): Map<number, number> {
  return new Map([...line].map(([at, value]) => [Math.floor(at / to_s) * to_s, value]))
}
