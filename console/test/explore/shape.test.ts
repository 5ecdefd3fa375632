// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import { rowsBetween, sorted, textOf, widths } from '../../src/pages/explore/shape'

const columns = [
  { name: 'n', type: 'bigint' },
  { name: 's', type: 'varchar' },
]

describe('sorted', () => {
  const rows = [
    [2, 'b'],
    [null, 'c'],
    [10, 'a'],
    ['9007199254740995', null],
    ['9007199254740993', 'd'],
    ['NaN', 'e'],
  ]
  const first = (down: boolean) => sorted(rows, columns, { column: 0, down }).map((row) => row[0])

  it('sorts numbers as numbers, those beyond 2^53 too, and null last both ways', () => {
    expect(first(false)).toEqual([2, 10, '9007199254740993', '9007199254740995', 'NaN', null])
    expect(first(true)).toEqual(['NaN', '9007199254740995', '9007199254740993', 10, 2, null])
  })

  it('sorts texts by their characters and leaves the rows as they were', () => {
    expect(sorted(rows, columns, { column: 1, down: false }).map((row) => row[1])).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
      null,
    ])
    expect(rows[0]).toEqual([2, 'b'])
    expect(sorted(rows, columns, null)).toBe(rows)
  })
})

describe('textOf', () => {
  it('shows each value, nested ones as JSON', () => {
    expect([1.5, true, 'x', '', null, [1, { a: 2 }]].map(textOf)).toEqual([
      '1.5',
      'true',
      'x',
      '',
      null,
      '[1,{"a":2}]',
    ])
  })
})

describe('widths', () => {
  it('fit the names and the first rows, within bounds', () => {
    expect(widths(columns, [[1, 'x'.repeat(500)]])).toEqual([9, 62])
  })
})

describe('rowsBetween', () => {
  it('draws a screen more on both sides, and no row that is not there', () => {
    expect(rowsBetween(0, 560, 28, 100_000)).toEqual({ from: 0, to: 50 })
    const middle = rowsBetween(28_000, 560, 28, 100_000)
    expect(middle.from).toBeLessThanOrEqual(980)
    expect(middle.to).toBeGreaterThanOrEqual(1_040)
    expect(middle.to - middle.from).toBeLessThan(100)
    expect(rowsBetween(1e9, 560, 28, 5)).toEqual({ from: 5, to: 5 })
    expect(rowsBetween(0, 560, 28, 0)).toEqual({ from: 0, to: 0 })
  })
})
