// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import type { Result, ResultsPage, SiteSeries } from '../../src/api/types'
import { availability, inWords, shareUp } from '../../src/pages/site/bins'
import { widthOf } from '../../src/pages/site/Runs'
import { withHead, withTail } from '../../src/pages/site/merge'
import {
  everyOf,
  fieldOf,
  fieldsWrong,
  POINTS_MAX,
  PRESETS,
  queryOf,
  rangeOf,
  stepOf,
  windowOf,
  zoomed,
} from '../../src/pages/site/range'

const NOON_MS = Date.UTC(2026, 10, 21, 12)

describe('a range', () => {
  it('is the last day where the address says nothing, or nonsense', () => {
    const day = { kind: 'last', name: '24h', length_s: 86_400 }
    expect(rangeOf(new URLSearchParams())).toEqual(day)
    expect(rangeOf(new URLSearchParams('range=5y'))).toEqual(day)
    expect(rangeOf(new URLSearchParams('from=yesterday&to=today'))).toEqual(day)
    const query = queryOf(NOON_MS, NOON_MS - 1)
    expect(rangeOf(new URLSearchParams(query))).toEqual(day)
  })

  it('comes back from an address as it went in', () => {
    const query = new URLSearchParams(queryOf(NOON_MS, NOON_MS + 90_000))
    expect(rangeOf(query)).toEqual({ kind: 'fixed', from_ms: NOON_MS, to_ms: NOON_MS + 90_000 })
    expect(rangeOf(new URLSearchParams('range=7d'))).toMatchObject({ length_s: 7 * 86_400 })
  })

  it('has the same bins from one look to the next', () => {
    const range = rangeOf(new URLSearchParams('range=24h'))
    const first = windowOf(range, 60, NOON_MS + 1_000)
    const second = windowOf(range, 60, NOON_MS + 11_000)
    expect(second).toEqual(first)
    expect(first.to_ms).toBeGreaterThanOrEqual(NOON_MS + 1_000)
    expect(first.to_ms - first.from_ms).toBe(86_400_000)
  })

  it('is cut into no more bins than can be shown, each with a run or more in it', () => {
    for (const { length_s } of PRESETS) {
      for (const interval_s of [1, 10, 60, 300, 3600, 86_400]) {
        const step_s = stepOf(length_s, interval_s)
        expect(step_s).toBeGreaterThanOrEqual(interval_s)
        expect(length_s / step_s).toBeLessThanOrEqual(POINTS_MAX)
      }
    }
  })

  it('is shown in whole bins, also where it was marked between them', () => {
    const marked = { kind: 'fixed', from_ms: 30_000, to_ms: 200_000 } as const
    expect(windowOf(marked, 60, NOON_MS)).toEqual({ from_ms: 0, to_ms: 240_000, points: 4 })
    const short = { kind: 'fixed', from_ms: 0, to_ms: 1000 } as const
    expect(windowOf(short, 60, NOON_MS)).toEqual({ from_ms: 0, to_ms: 60_000, points: 1 })
  })

  it('marked by hand holds a few runs at least', () => {
    expect(zoomed(1000, 2000, 60)).toEqual({ from_ms: 1_000_000, to_ms: 2_000_000 })
    expect(zoomed(1000, 1010, 60)).toEqual({ from_ms: 855_000, to_ms: 1_155_000 })
  })

  it('is typed in the viewer’s zone and read back as the same moment', () => {
    expect(new Date(fieldOf(NOON_MS)).getTime()).toBe(NOON_MS)
    expect(fieldsWrong(fieldOf(NOON_MS), fieldOf(NOON_MS + 1000))).toBeNull()
    expect(fieldsWrong(fieldOf(NOON_MS), fieldOf(NOON_MS))).toBe('The end must be after the start.')
    expect(fieldsWrong('', fieldOf(NOON_MS))).toBe('Give date and time for both.')
  })

  it('is asked for again only while something new can come', () => {
    const past = { kind: 'fixed', from_ms: 0, to_ms: NOON_MS } as const
    expect(everyOf(past, 60, NOON_MS + 1)).toBe(0)
    expect(everyOf(past, 60, NOON_MS - 1)).toBe(60_000)
    expect(everyOf(rangeOf(new URLSearchParams()), 1, NOON_MS)).toBe(10_000)
    expect(everyOf(rangeOf(new URLSearchParams()), 3600, NOON_MS)).toBe(60_000)
  })
})

describe('availability', () => {
  it('tells what failed from what was missed and from what is not known', () => {
    const bins = availability(series([5, 5, 5, 0, 0], [0, 2, 5, 0, 0], [0, 0, 0, 3, 0]), 60)
    expect(bins.map((each) => each.state)).toEqual(['up', 'mixed', 'down', 'missed', 'none'])
    expect(bins.map(inWords)).toEqual([
      '5 runs, none failed',
      '5 runs, 2 failed',
      '5 runs, 5 failed',
      '3 missed',
      'no runs',
    ])
  })

  it('puts bins together by adding up, the last bar of what is left', () => {
    const bins = availability(series([1, 1, 1, 1, 1], [0, 1, 0, 0, 1], [0, 0, 0, 0, 0]), 3)
    expect(bins.map(({ runs, failed }) => [runs, failed])).toEqual([
      [2, 1],
      [2, 0],
      [1, 1],
    ])
    expect(bins[2]).toMatchObject({ from_s: 1240, to_s: 1300, state: 'down' })
  })

  it('has no share where nothing ran', () => {
    expect(shareUp(0, 0)).toBeNull()
    expect(shareUp(4, 1)).toBe(0.75)
  })
})

describe('the list of runs', () => {
  it('has bars as wide as the longest run that did not fail', () => {
    const quick = run(0.02, 0.02)
    const inVain = run(null, 3)
    expect(widthOf([quick, inVain])).toBe(0.02)
    expect(widthOf([inVain])).toBe(3)
    expect(widthOf([])).toBe(0)
  })

  it('takes new runs in at its head and keeps what was read after the first page', () => {
    const old = page([50, 40, 30, 20], 'after 20')
    expect(withHead(old, page([60, 50, 40], 'after 40'))).toEqual(
      page([60, 50, 40, 30, 20], 'after 20'),
    )
  })

  it('begins anew where runs would be left out', () => {
    const head = page([90, 80], 'after 80')
    expect(withHead(page([50, 40], null), head)).toBe(head)
    expect(withHead(null, head)).toBe(head)
  })

  it('is the first page where that holds all', () => {
    const head = page([60, 50], null)
    expect(withHead(page([50, 40], null), head)).toBe(head)
  })

  it('has each run once', () => {
    expect(withTail(page([50, 40], 'x'), page([40, 30], null))).toEqual(page([50, 40, 30], null))
  })
})

function run(latency_s: number | null, wait: number): Result {
  const phases_s = { dns: null, connect: null, tls: null, send: null, wait, body: null }
  return { latency_s, phases_s } as Result
}

function page(times: number[], next: string | null): ResultsPage {
  return { items: times.map((at_ms) => ({ at_ms, region: 'local' }) as Result), next }
}

function series(runs: number[], failed: number[], missed: number[]): SiteSeries {
  return { from_ms: 1_000_000, to_ms: 1_300_000, step_s: 60, runs, failed, missed } as SiteSeries
}
