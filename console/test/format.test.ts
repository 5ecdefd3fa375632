// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import { bytes, duration, milliseconds, percent } from '../src/parts/format'

describe('figures', () => {
  it('never round an uptime up to 100 %', () => {
    expect(percent(0.99999)).toBe('99.99 %')
    expect(percent(1)).toBe('100 %')
    expect(percent(0.954)).toBe('95.4 %')
    expect(percent(null)).toBe('–')
  })

  it('name their units', () => {
    expect(milliseconds(0.73)).toBe('0.7 ms')
    expect(milliseconds(1250)).toBe('1.25 s')
    expect(duration(64)).toBe('1 min 4 s')
    expect(duration(3600)).toBe('1 h')
    expect(duration(100_000)).toBe('1 d 3 h')
    expect(bytes(4300)).toBe('4.2 KiB')
  })
})
