// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import type { Me, TriedRun } from '../src/api/types'
import { customerOf, siteOf, told } from '../src/pages/welcome/first'

describe('the first site', () => {
  it('is what somebody types, with https where no scheme is said', () => {
    expect(siteOf(' shop.example.com/a?b ')).toEqual({
      id: 'shop.example.com',
      endpoint: 'https://shop.example.com/a?b',
    })
    expect(siteOf('tcp://db:5432')).toEqual({ id: 'db', endpoint: 'tcp://db:5432' })
    expect(siteOf('  ')).toBeNull()
  })

  it('has an id that the server takes', () => {
    expect(siteOf('https://[::1]/')?.id).toBe('site')
    expect(siteOf('https://bücher.example/')?.id).toBe('b-cher.example')
    expect(siteOf('_x.' + 'a'.repeat(80))?.id).toBe('x.' + 'a'.repeat(61))
  })

  it('belongs to a customer whose sites the caller may change', () => {
    const known = (roles: Me['roles']) => ({ roles }) as Me
    expect(customerOf(known({ '*': 'admin' }))).toBe('default')
    expect(customerOf(known({ acme: 'viewer', globex: 'editor' }))).toBe('globex')
    expect(customerOf(known({ '*': 'viewer' }))).toBeNull()
    expect(customerOf(null)).toBeNull()
  })

  it('is told of in a line', () => {
    const run = { up: true, status: 200, latency_s: 0.143, certificate_days: 61.4 } as TriedRun
    expect(told(run)).toBe('Up: answered 200 in 143 ms. The certificate is good for 61 days.')
    const bare = { up: true, status: null, latency_s: null, certificate_days: null } as TriedRun
    expect(told(bare)).toBe('It is up.')
    const down = { up: false, error: 'refused', failed_expectation: null } as TriedRun
    expect(told(down)).toBe('Down: refused')
  })
})
