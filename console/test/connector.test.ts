// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import { looks, nobodyWrites, paths, reasonInWords } from '../src/pages/connector/reading'

describe('the connector page', () => {
  it('puts the last look before now', () => {
    expect(looks([null, 1, 2], 1_000_003)).toEqual([999_990, 999_995, 1_000_000])
  })

  it('says whose samples come in while nobody else writes', () => {
    expect(nobodyWrites(15)).toContain('Only Weir itself writes: its own metrics, every 15 s.')
    expect(nobodyWrites(null)).toContain('Nobody has written in the last hour.')
  })

  it('counts requests of the doors by path, the busiest first', () => {
    const doors = [{ what: '', method: 'POST', path: '/api/v1/read', credentials: '' }]
    const requests = [
      { path: '/write', status: '204', count: 3 },
      { path: '/api/v1/read', status: '200', count: 9 },
      { path: '/write', status: '400', count: 2 },
      { path: '/write', status: 'none', count: 1 },
      { path: '/assets/*', status: '200', count: 99 },
    ]
    expect(paths({ requests, doors })).toEqual([
      { path: '/api/v1/read', all: 9, failed: 0 },
      { path: '/write', all: 6, failed: 3 },
    ])
  })

  it('says reasons in words, also those it does not know', () => {
    expect(reasonInWords('too_old')).toBe('older than what is kept')
    expect(reasonInWords('some_new_one')).toBe('some new one')
  })
})
