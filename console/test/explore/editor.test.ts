// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import { keyOf } from '../../src/pages/explore/Editor'

const key = (name: string, more: Partial<Parameters<typeof keyOf>[0]> = {}) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
})

describe('keyOf', () => {
  it('runs with Control or Command and Enter, also over suggestions', () => {
    expect(keyOf(key('Enter', { ctrlKey: true }), true, false)).toBe('run')
    expect(keyOf(key('Enter', { metaKey: true }), false, false)).toBe('run')
  })

  it('never traps the keyboard: Tab leaves after Escape, and backwards always', () => {
    expect(keyOf(key('Tab'), false, false)).toBe('indent')
    expect(keyOf(key('Escape'), false, false)).toBe('escape')
    expect(keyOf(key('Tab'), false, true)).toBeNull()
    expect(keyOf(key('Tab', { shiftKey: true }), false, false)).toBeNull()
  })

  it('gives suggestions their keys only while they are open', () => {
    expect(
      ['Enter', 'Tab', 'ArrowDown', 'ArrowUp', 'Escape'].map((k) => keyOf(key(k), true, false)),
    ).toEqual(['take', 'take', 'down', 'up', 'close'])
    expect(['Enter', 'ArrowDown', 'ArrowUp'].map((k) => keyOf(key(k), false, false))).toEqual([
      null,
      null,
      null,
    ])
  })
})
