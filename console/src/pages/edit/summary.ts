// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { SiteDefinition } from '../../api/types'
import { bytes } from '../../parts/format'
import { at, isTree, protocolOf, scalarText } from './definition'

/** What a value says, in words; '' where it is the default (docs/sites.md), as if it were not said. */
type Phrase = (value: unknown, definition: SiteDefinition) => string

/** What differs from the defaults in these fields, in a few words; '' where nothing does. */
export function summaryOf(definition: SiteDefinition, fields: readonly string[]): string {
  const said = PHRASES.filter(([path]) => fields.includes(path[0] ?? ''))
    .map(([path, phrase]) => {
      const value = at(definition, path)
      return value === undefined || value === null ? '' : phrase(value, definition)
    })
    .filter((words) => words !== '')
    .join(', ')
  return said.charAt(0).toUpperCase() + said.slice(1)
}

const PHRASES: readonly (readonly [path: readonly string[], phrase: Phrase])[] = [
  [['http', 'method'], unless('GET', (method) => method)],
  [['http', 'headers'], counted('header', 'headers')],
  [['http', 'body'], () => 'with a body'],
  [['http', 'basic'], () => 'signs in with a password'],
  [['http', 'bearer'], () => 'signs in with a token'],
  [['http', 'redirects'], redirects],
  [['http', 'version'], unless('auto', (version) => `HTTP/${version} only`)],
  [
    ['http', 'body-limit'],
    (size) => `a body up to ${typeof size === 'number' ? bytes(size) : scalarText(size)}`,
  ],
  [['tcp', 'steps'], counted('step', 'steps')],
  [['dns', 'type'], unless('A', (type) => `${type} records`)],
  [['dns', 'resolver'], (resolver) => `asks ${scalarText(resolver)}`],
  [['dns', 'transport'], unless('udp', () => 'over TCP')],
  [['expect', 'status'], unless('200-299', (status) => `status ${status}`)],
  [['expect', 'rcode'], unless('NOERROR', (code) => code)],
  [['expect', 'latency'], latency],
  [['expect', 'certificate-days'], (days) => `the certificate lasts ${scalarText(days)} days more`],
  [['expect'], bodyRules],
  [['expect', 'headers'], counted('header', 'headers')],
  [['expect', 'answers'], counted('rule for the answers', 'rules for the answers')],
  [['tls'], (tls, site) => (isEmpty(tls) && protocolOf(site) === 'tcp' ? 'encrypted' : '')],
  [['tls', 'server-name'], (name) => `asks for ${scalarText(name)}`],
  [['tls', 'minimum'], unless('1.2', (version) => `TLS ${version} or newer`)],
  [['tls', 'ca'], () => 'authorities of its own'],
  [['tls', 'certificate'], () => 'a client certificate'],
  [['tls', 'verify'], (verify) => (verify === false ? 'any certificate will do' : '')],
  [['requests'], unless('5', (count) => `${several(count, 'request')} a run`)],
  [['connections'], unless('cold', () => 'over one connection')],
  [['timeout'], unless('30s', (time) => `${time} for each`)],
  [['timeouts'], (parts) => (isEmpty(parts) ? '' : 'its parts have limits')],
  [['confirm'], confirm],
  [['ip'], unless('prefer4', (ip) => (ip === 'prefer6' ? 'IPv6 first' : `IPv${ip} only`))],
  [['incident', 'failures'], unless('1', (runs) => `${runs} failed runs open an incident`)],
  [['incident', 'successes'], unless('1', (runs) => `${several(runs, 'good run')} close it`)],
  [['incident', 'repeat'], (time) => `told again after ${scalarText(time)}`],
  [['maintenance'], counted('maintenance window', 'maintenance windows')],
  // A Weir that nobody gave a region is called so.
  [['regions'], unless('local', (names) => `from ${names}`)],
]

function unless(usual: string, phrase: (text: string) => string): Phrase {
  return (value) => {
    const text = Array.isArray(value) ? value.map(scalarText).join(', ') : scalarText(value)
    return text === usual || text === '' ? '' : phrase(text)
  }
}

function several(count: string, noun: string): string {
  return `${count} ${noun}${count === '1' ? '' : 's'}`
}

function counted(one: string, many: string): Phrase {
  return (value) => {
    const count = sizeOf(value)
    return count === 0 ? '' : `${count} ${count === 1 ? one : many}`
  }
}

function sizeOf(value: unknown): number {
  return Array.isArray(value)
    ? value.length
    : isTree(value)
      ? Object.keys(value).length
      : value === undefined || value === null
        ? 0
        : 1
}

function isEmpty(value: unknown): boolean {
  return isTree(value) && Object.keys(value).length === 0
}

function redirects(value: unknown): string {
  const limit = value === false ? '0' : scalarText(value)
  return limit === '0'
    ? 'redirects are not followed'
    : limit === '10'
      ? ''
      : `up to ${several(limit, 'redirect')}`
}

const STATISTICS: Record<string, string> = {
  p95: 'the 95th percentile',
  max: 'the slowest request',
}

function latency(value: unknown): string {
  const limit = isTree(value) ? value['max'] : value
  const of = isTree(value) ? scalarText(value['of']) : ''
  return `${STATISTICS[of] ?? 'the average'} at most ${scalarText(limit)}`
}

function bodyRules(expect: unknown): string {
  const names = ['contains', 'not-contains', 'matches', 'not-matches', 'json']
  const count = names.reduce((sum, name) => sum + sizeOf(at(expect, [name])), 0)
  return count === 0 ? '' : `${several(String(count), 'rule')} for the body`
}

function confirm(value: unknown): string {
  const attempts = isTree(value) ? scalarText(value['attempts'] ?? 2) : scalarText(value)
  const spacing = isTree(value) ? scalarText(value['spacing']) : ''
  return attempts === '1'
    ? 'a first failure counts'
    : attempts === '2' && spacing === ''
      ? ''
      : `confirmed by ${attempts} attempts${spacing === '' ? '' : `, ${spacing} apart`}`
}
