// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import { indexAt, moved, rowsOf, stack } from '../src/parts/chart/model'

describe('areas', () => {
  it('stand on one another', () => {
    const [low, high] = stack([
      [1, 2],
      [10, 20],
    ])
    expect(low).toEqual({ lower: [0, 0], upper: [1, 2] })
    expect(high).toEqual({ lower: [1, 2], upper: [11, 22] })
  })

  it('have a gap where none of them has a value', () => {
    const [low, high] = stack([
      [1, null, 3],
      [1, null, 3],
    ])
    expect(low?.upper).toEqual([1, null, 3])
    expect(high?.lower).toEqual([1, null, 3])
    expect(high?.upper).toEqual([2, null, 6])
  })

  it('let one be nothing where others have a value', () => {
    const [dns, wait] = stack([
      [null, 1],
      [5, 5],
    ])
    expect(dns?.upper).toEqual([0, 1])
    expect(wait).toEqual({ lower: [0, 1], upper: [5, 6] })
  })

  it('are none where there are no bins', () => {
    expect(stack([[], []])).toEqual([
      { lower: [], upper: [] },
      { lower: [], upper: [] },
    ])
    expect(stack([])).toEqual([])
  })
})

describe('rows of values', () => {
  it('end at gaps, also at the edges', () => {
    expect(rowsOf([null, 1, 2, null, 0, null])).toEqual([
      [1, 2],
      [4, 4],
    ])
    expect(rowsOf([null, null])).toEqual([])
  })
})

describe('the place in a chart', () => {
  const at_s = [100, 160, 220]

  it('is the bin in which a moment is', () => {
    expect(indexAt(at_s, 60, 100)).toBe(0)
    expect(indexAt(at_s, 60, 219.9)).toBe(1)
    expect(indexAt(at_s, 60, 280)).toBeNull()
    expect(indexAt(at_s, 60, 99)).toBeNull()
  })

  it('is the nearest point where bins have no length', () => {
    expect(indexAt(at_s, 0, 129)).toBe(0)
    expect(indexAt(at_s, 0, 1000)).toBe(2)
    expect(indexAt([], 0, 1)).toBeNull()
  })

  it('moves by keys and stays inside', () => {
    expect(moved('ArrowRight', null, 3)).toBe(0)
    expect(moved('ArrowLeft', null, 3)).toBe(2)
    expect(moved('ArrowRight', 2, 3)).toBe(2)
    expect(moved('ArrowLeft', 0, 3)).toBe(0)
    expect(moved('PageUp', 1, 30)).toBe(11)
    expect(moved('End', 1, 30)).toBe(29)
    expect(moved('x', 1, 30)).toBeNull()
  })
})
