// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ChartLine } from '../../parts/chart/model'
import { type Column, isNumber, type Row, textOf } from './shape'

/** Lines that a chart has at most; more can't be told apart. */
export const LINES_MAX = 20

/** Colours that there are; after them they begin anew, dashed. */
const COLOURS = 10

/** What a chart is made of. */
export interface Choice {
  /** Column of the values; null for all numbers, where nothing splits them. */
  value: number | null
  /** Column whose values have a line each, or all texts together; null for none. */
  by: number | 'all' | null
}

interface Drawn {
  at_s: number[]
  lines: ChartLine[]
  /** Lines beyond the most. */
  left: number
  /** Times were rounded to so many seconds so that lines have them in common; 0: they are exact. */
  rounded_s: number
  /** Points whose line has another at their time: the last one is drawn. */
  shared: number
}

export function timeColumn(columns: readonly Column[]): number {
  return columns.findIndex((column) => column.type === 'timestamp')
}

function numberColumns(columns: readonly Column[]): number[] {
  return columns.flatMap((column, index) => (isNumber(column) ? [index] : []))
}

export function textColumns(columns: readonly Column[]): number[] {
  return columns.flatMap((column, index) => (column.type === 'varchar' ? [index] : []))
}

/** Columns whose values can be drawn: numbers beside a time, and time series, which bring their own. */
export function valueColumns(columns: readonly Column[]): number[] {
  const series = columns.flatMap((column, index) =>
    /^timeseries\((double|bigint|integer)\)$/.test(column.type) ? [index] : [],
  )
  return timeColumn(columns) < 0 ? series : numberColumns(columns)
}

/** Texts that are not the same in all rows. */
export function tellingColumns(columns: readonly Column[], rows: readonly Row[]): number[] {
  return textColumns(columns).filter((column) => distinct(rows, column) > 1)
}

/** What to draw where nobody has chosen: null where there is no time or no number. */
export function standardChoice(columns: readonly Column[], rows: readonly Row[]): Choice | null {
  const values = valueColumns(columns)
  if (values.length === 0) {
    return null
  }
  const several = tellingColumns(columns, rows)
  const by = several.length > 1 ? 'all' : several[0]
  return by === undefined ? { value: null, by: null } : { value: values[0] ?? null, by }
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
  const points = new Map<string, Map<number, number>>()
  let shared = 0
  for (const [name, at, value] of pointsOf(columns, rows, choice)) {
    const line = points.get(name) ?? new Map<number, number>()
    points.set(name, line)
    const number = value === null ? NaN : Number(value)
    if (Number.isFinite(number)) {
      shared += line.has(at) ? 1 : 0
      line.set(at, number)
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
    shared,
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

/** Line, time and value: of a row each, or of each point of a time series in a row. */
function* pointsOf(
  columns: readonly Column[],
  rows: readonly Row[],
  choice: Choice,
): Generator<[string, number, unknown]> {
  const time = timeColumn(columns)
  const values = choice.value === null ? valueColumns(columns) : [choice.value]
  const texts = choice.by === 'all' ? tellingColumns(columns, rows) : []
  for (const row of rows) {
    const own = time < 0 ? null : secondsOf(row[time])
    for (const column of values) {
      const value = row[column]
      const name = nameOf(columns[column], row, choice, texts)
      if (Array.isArray(value)) {
        for (const point of value as { time: string; value: unknown }[]) {
          const at = secondsOf(point.time)
          if (at !== null) {
            yield [name, at, point.value]
          }
        }
      } else if (own !== null) {
        yield [name, own, value ?? null]
      }
    }
  }
}

function nameOf(
  column: Column | undefined,
  row: Row,
  { by }: Choice,
  texts: readonly number[],
): string {
  if (by === null) {
    return column?.name ?? ''
  }
  const own = by === 'all' ? texts : [by]
  return own
    .map((each) => textOf(row[each]) ?? '')
    .map((text) => text || '(none)')
    .join(', ')
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
