// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import { arrange } from '../../src/pages/overview/arrange'
import { layoutOf } from '../../src/pages/overview/useMeasures'
import { groupAt, heightOf, lineAt, linesOf, windowOf } from '../../src/pages/overview/window'
import { choice, site } from './sites'

const many = Array.from({ length: 2000 }, (_, at) => site(`s${at}`, { group: `g${at % 4}` }))
const entries = arrange(many, choice())
const measures = { columns: 1, group: 40, site: 50 }
const lines = linesOf(entries, measures)

describe('lines of the list', () => {
  it('stand below each other without a gap', () => {
    expect(lines).toHaveLength(2004)
    expect(heightOf(lines)).toBe(4 * 40 + 2000 * 50)
    lines.reduce((top, line) => {
      expect(line.top).toBe(top)
      return top + line.height
    }, 0)
    expect(heightOf([])).toBe(0)
  })

  it('hold as many sites as there are columns, none of two groups', () => {
    const three = linesOf(entries, { columns: 3, group: 40, site: 200 })
    expect(three.filter((line) => line.kind === 'sites')).toHaveLength(4 * Math.ceil(500 / 3))
    const sizes = three.map((line) => (line.kind === 'sites' ? line.keys.length : 0))
    expect(Math.max(...sizes)).toBe(3)
    expect(sizes.reduce((sum, size) => sum + size)).toBe(2000)
  })
})

describe('what is drawn', () => {
  it('is what is in sight and a screen more at both ends, wherever somebody scrolls', () => {
    for (let top = -300; top < heightOf(lines) + 300; top += 377) {
      const { from, to } = windowOf(lines, top, 900)
      const seen = lines.filter(
        (line) => line.top + line.height > top - 900 && line.top < top + 1800,
      )
      const drawn = lines.slice(from, to)
      expect(seen.every((line) => drawn.includes(line))).toBe(true)
      expect(drawn.length).toBeLessThan(90)
    }
  })

  it('is everything of a short list, and nothing of an empty one', () => {
    expect(windowOf(lines.slice(0, 100), 0, 90)).toEqual({ from: 0, to: 100 })
    expect(windowOf(lines.slice(0, 101), 0, 90).to).toBeLessThan(20)
    expect(windowOf([], 0, 900)).toEqual({ from: 0, to: 0 })
    expect(lineAt(lines, -5)).toBe(0)
  })

  it('has the name of its group pinned while the head of that is out of sight', () => {
    expect(groupAt(lines, 0)).toBeNull()
    expect(groupAt(lines, 1)?.name).toBe('g0')
    expect(groupAt(lines, 40 + 500 * 50)).toBeNull()
    expect(groupAt(lines, 40 + 500 * 50 + 100)?.name).toBe('g1')
    expect(groupAt(linesOf(arrange(many, choice('groups=off')), measures), 900)).toBeNull()
  })

  it('is cards on a phone, and where they are wanted', () => {
    expect(layoutOf('auto', 22.5, 16)).toMatchObject({ cards: true, columns: 1 })
    expect(layoutOf('rows', 22.5, 16)).toMatchObject({ cards: true })
    expect(layoutOf('auto', 80, 16)).toMatchObject({ cards: false, columns: 1 })
    expect(layoutOf('cards', 80, 16)).toMatchObject({ cards: true, columns: 3 })
    expect(layoutOf('cards', 200, 16)).toMatchObject({ columns: 5 })
  })
})
