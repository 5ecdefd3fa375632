// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import type { Phases } from '../src/api/types'
import { inWords, spans, sum } from '../src/parts/Waterfall/phases'
import { milliseconds } from '../src/parts/format'
import { causeInWords } from '../src/parts/causes'

const NONE: Phases = { dns: null, connect: null, tls: null, send: null, wait: null, body: null }

describe('phases', () => {
  it('follow one another, without those that did not take place', () => {
    const made = spans({ ...NONE, dns: 0.5, wait: 2, body: 0 }, 1)
    expect(made.map(({ key, start_s, length_s }) => [key, start_s, length_s])).toEqual([
      ['dns', 1, 0.5],
      ['wait', 1.5, 2],
      ['body', 3.5, 0],
    ])
  })

  it('have no length where none took place, which is not a length of 0', () => {
    expect(sum(NONE)).toBeNull()
    expect(sum({ ...NONE, send: 0 })).toBe(0)
    expect(sum({ ...NONE, send: 0.25, wait: 0.5 })).toBe(0.75)
  })

  it('are told in words for those who do not see the bar', () => {
    expect(inWords({ ...NONE, dns: 0.001, wait: 0.25 }, milliseconds)).toBe(
      'DNS 1.0 ms, Wait 250 ms',
    )
  })
})

describe('causes', () => {
  it('are told in words', () => {
    expect(causeInWords('tls_expired')).toBe('Certificate expired or not yet valid')
    expect(causeInWords('connect_refused')).toBe('Connection refused')
  })

  it('say nothing where nothing failed', () => {
    expect(causeInWords('none')).toBe('')
    expect(causeInWords(null)).toBe('')
  })

  it('show a class that this console does not know yet', () => {
    expect(causeInWords('quic_handshake')).toBe('quic handshake')
  })
})
