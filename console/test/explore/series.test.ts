// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import { draw, LINES_MAX, secondsOf, standardChoice } from '../../src/pages/explore/series'

const time = { name: 'time', type: 'timestamp' }
const site = { name: 'site', type: 'varchar' }
const value = { name: 'value', type: 'double' }
const at = (second: number) => `2026-03-10 10:00:${String(second).padStart(2, '0')}.000000000`
const T0 = Date.parse('2026-03-10T10:00:00Z') / 1000

describe('standardChoice', () => {
  it('needs a time and a number', () => {
    expect(standardChoice([time, site], [])).toBeNull()
    expect(standardChoice([site, value], [])).toBeNull()
    expect(standardChoice([time, value], [])).toEqual({ value: null, by: null })
  })

  it('splits by the first text that is not the same everywhere', () => {
    const region = { name: 'region', type: 'varchar' }
    const rows = [
      [at(0), 'local', 'a', 1],
      [at(0), 'local', 'b', 2],
    ]
    expect(standardChoice([time, region, site, value], rows)).toEqual({ value: 3, by: 2 })
    rows.push([at(0), 'far', 'b', 3])
    const choice = standardChoice([time, region, site, value], rows)
    expect(choice).toEqual({ value: 3, by: 'all' })
    expect(
      draw([time, region, site, value], rows, { value: 3, by: 'all' }).lines.map((l) => l.name),
    ).toEqual(['local, a', 'local, b', 'far, b'])
  })
})

describe('draw', () => {
  it('makes a line of each value of a text, with gaps where it has none', () => {
    const rows = [
      [at(0), 'a', 1],
      [at(0), 'b', 10],
      [at(30), 'a', 2],
      [at(59), 'b', 30],
      [at(59), 'a', 'NaN'],
    ]
    const drawn = draw([time, site, value], rows, { value: 2, by: 1 })
    expect(drawn.at_s).toEqual([T0, T0 + 30, T0 + 59])
    expect(drawn.lines.map((line) => [line.name, line.values])).toEqual([
      ['a', [1, 2, null]],
      ['b', [10, null, 30]],
    ])
    expect(drawn.rounded_s).toBe(0)
  })

  it('makes a line of each number where nothing splits them', () => {
    const drawn = draw([time, value, { name: 'n', type: 'bigint' }], [[at(0), 1, 2]], {
      value: null,
      by: null,
    })
    expect(drawn.lines.map((line) => [line.name, line.values])).toEqual([
      ['value', [1]],
      ['n', [2]],
    ])
  })

  it('draws time series, which have times of their own', () => {
    const series = { name: 'load', type: 'timeseries(double)' }
    const rows = [
      [
        'a',
        [
          { time: at(0), value: 1 },
          { time: at(30), value: null },
        ],
      ],
      [
        'b',
        [
          { time: at(0), value: 5 },
          { time: at(30), value: 6 },
        ],
      ],
    ]
    expect(standardChoice([site, series], rows)).toEqual({ value: 1, by: 0 })
    const drawn = draw([site, series], rows, { value: 1, by: 0 })
    expect(drawn.lines.map((line) => [line.name, line.values])).toEqual([
      ['a', [1, null]],
      ['b', [5, 6]],
    ])
  })

  it('says how many rows share a line and a time, and takes large whole numbers', () => {
    const rows = [
      [at(0), 'a', 1],
      [at(0), 'a', '9007199254740993'],
      [at(30), 'a', 'NaN'],
    ]
    const drawn = draw([time, site, value], rows, { value: 2, by: 1 })
    expect(drawn.shared).toBe(1)
    expect(drawn.lines[0]?.values).toEqual([9007199254740992])
  })

  it('rounds times that lines do not have in common, and says so', () => {
    const rows = Array.from({ length: 40 }, (_, index) => [
      at(index),
      index % 2 === 0 ? 'even' : 'odd',
      index,
    ])
    const drawn = draw([time, site, value], rows, { value: 2, by: 1 })
    expect(drawn.rounded_s).toBe(2)
    expect(drawn.at_s).toHaveLength(20)
    expect(drawn.lines.every((line) => line.values.every((each) => each !== null))).toBe(true)
  })

  it('draws so many lines at most, dashed where colours come again', () => {
    const rows = Array.from({ length: 25 }, (_, index) => [at(0), `site ${index}`, index])
    const drawn = draw([time, site, value], rows, { value: 2, by: 1 })
    expect(drawn.lines).toHaveLength(LINES_MAX)
    expect(drawn.left).toBe(5)
    expect(new Set(drawn.lines.map((line) => `${line.colour} ${line.dashed ?? false}`)).size).toBe(
      LINES_MAX,
    )
  })
})

describe('secondsOf', () => {
  it('reads the times of Timestream as UTC', () => {
    expect(secondsOf('2026-03-10 10:00:00.500000000')).toBe(T0 + 0.5)
    expect(secondsOf('nothing')).toBeNull()
    expect(secondsOf(null)).toBeNull()
  })
})
