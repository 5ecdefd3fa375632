// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import { placeOf, withoutPlace } from '../../src/pages/explore/place'

describe('placeOf', () => {
  it('marks the word that a message names', () => {
    const text = 'SELECT a\nFROM nothing.here'
    const marked = placeOf("line 2:6: Table 'nothing.here' does not exist", text)
    expect(marked).toEqual({ line: 2, column: 6, from: 14, to: 21 })
    expect(text.slice(14, 21)).toBe('nothing')
  })

  it('finds a place at the end of a message', () => {
    expect(placeOf("Requested database 'x' not found at line 1:15", 'SELECT * FROM  x')?.from).toBe(
      14,
    )
  })

  it('counts characters, not their halves', () => {
    const text = "SELECT '💧', nope"
    expect(text.slice(placeOf('line 1:13: x', text)?.from)).toBe('nope')
  })

  it('marks at least one place, also at the end', () => {
    expect(placeOf('line 1:7: unexpected end', 'SELECT')).toMatchObject({ from: 6, to: 7 })
  })

  it('marks nothing without a place in the text', () => {
    expect(placeOf('the query was cancelled', 'SELECT 1')).toBeNull()
    expect(placeOf('line 9:1: x', 'SELECT 1')).toBeNull()
  })
})

describe('withoutPlace', () => {
  it('leaves the sentence', () => {
    expect(withoutPlace('line 2:6: column x is not there')).toBe('Column x is not there')
    expect(withoutPlace('Weir does not answer')).toBe('Weir does not answer')
  })
})
