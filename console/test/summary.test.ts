// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import { summaryOf } from '../src/pages/edit/summary'

const TIMING = ['requests', 'connections', 'timeout', 'timeouts', 'confirm', 'ip']
const site = { id: 'shop', endpoint: 'https://shop.example/' }

describe('the summary of a section', () => {
  it('leaves out what has its default, also where it is written', () => {
    const written = {
      ...site,
      regions: ['local'],
      requests: 5,
      connections: 'cold',
      timeout: '30s',
      confirm: 2,
      http: { method: 'GET' },
      expect: { status: ['200-299'] },
      incident: { failures: 1, successes: 1 },
    }
    const all = ['http', 'expect', 'tls', ...TIMING, 'incident', 'maintenance', 'regions']
    expect(summaryOf(site, all)).toBe('')
    expect(summaryOf(written, all)).toBe('')
  })

  it.each([
    [
      TIMING,
      { requests: 2, timeout: '3s', confirm: 1 },
      '2 requests a run, 3s for each, a first failure counts',
    ],
    [
      TIMING,
      { confirm: { attempts: 3, spacing: '5s' }, ip: '6' },
      'Confirmed by 3 attempts, 5s apart, IPv6 only',
    ],
    [
      ['http'],
      { http: { method: 'POST', headers: { A: 'b' }, redirects: false } },
      'POST, 1 header, redirects are not followed',
    ],
    [
      ['http'],
      { http: { redirects: 1, 'body-limit': 2097152 } },
      'Up to 1 redirect, a body up to 2.0 MiB',
    ],
    [
      ['expect'],
      { expect: { status: [200, '300-399'], contains: 'Checkout', json: [{ path: '$.a' }] } },
      'Status 200, 300-399, 2 rules for the body',
    ],
    [
      ['expect'],
      { expect: { latency: { max: '2s', of: 'p95' }, 'certificate-days': 14 } },
      'The 95th percentile at most 2s, the certificate lasts 14 days more',
    ],
    [
      ['tls'],
      { tls: { ca: '${file:a.pem}', verify: false } },
      'Authorities of its own, any certificate will do',
    ],
    [
      ['incident', 'maintenance'],
      { incident: { failures: 2, successes: 1 }, maintenance: [{}, {}] },
      '2 failed runs open an incident, 2 maintenance windows',
    ],
    [['regions'], { regions: ['eu-west-1', 'us-east-1'] }, 'From eu-west-1, us-east-1'],
  ])('%j of %j is %s', (fields, said, words) => {
    expect(summaryOf({ ...site, ...said }, fields)).toBe(words)
  })

  it('says of tcp:// that an empty tls encrypts', () => {
    const mail = { id: 'mail', endpoint: 'tcp://mail.example:465', tls: {} }
    expect(summaryOf(mail, ['tls'])).toBe('Encrypted')
    expect(summaryOf({ ...site, tls: {} }, ['tls'])).toBe('')
  })
})
