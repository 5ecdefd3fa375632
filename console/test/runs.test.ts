// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import { drawn, extent } from '../src/parts/line'
import { bars, runAt, summary } from '../src/parts/runs'

const runs = {
  letters: 'umdq',
  last_ms: 100_000,
  gaps_s: [30, 10, 5],
  latency_ms: [12, null, null, 7],
}

describe('a strip of runs', () => {
  it('knows when each run was from the gaps between them', () => {
    expect(runAt(runs, 3)).toEqual({ at_ms: 100_000, letter: 'q', latency_ms: 7 })
    expect(runAt(runs, 0)).toEqual({ at_ms: 55_000, letter: 'u', latency_ms: 12 })
    expect(runAt(runs, 4)).toBeUndefined()
  })

  it('is told in words', () => {
    expect(summary('uuudqm')).toBe('6 runs, 1 failed, 1 doubtful, 1 missed')
    expect(summary('u')).toBe('1 run, none failed')
  })

  it('has the newest run at the right end, and a shape of its own for each letter', () => {
    expect(bars('ud', 'd', 50)).toBe('M196 0h3v24h-3z')
    expect(bars('ud', 'u', 50)).toBe('M192 8h3v16h-3z')
    expect(bars('ud', 'q', 50)).toBe('')
    const shapes = ['u', 'd', 'q', 'm'].map((letter) => bars(letter, letter as 'u', 1))
    expect(new Set(shapes).size).toBe(4)
  })

  it('shows a letter that it does not know as missed', () => {
    expect(bars('x', 'm', 1)).not.toBe('')
    expect(runAt({ ...runs, letters: 'x' }, 0)?.letter).toBe('m')
  })
})

describe('a small line', () => {
  it('begins at zero and leaves gaps open', () => {
    expect(drawn([10, null, 5, 10], 30, 12)).toBe('M0 1h0M20 6L30 1')
    expect(drawn([0, 0], 10, 12)).toBe('M0 11L10 11')
    expect(drawn([null], 10, 12)).toBe('')
  })

  it('knows its extent', () => {
    expect(extent([null, 3, 1])).toEqual([1, 3])
    expect(extent([null])).toBeNull()
  })
})
