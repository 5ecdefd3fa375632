// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { SiteDefinition } from '../src/api/types'
import {
  at,
  changed,
  editable,
  fieldOf,
  foreignSections,
  idFrom,
  protocolOf,
  same,
  scalarText,
  withScheme,
} from '../src/pages/edit/definition'
import { read, write } from '../src/pages/edit/definitionText'
import { fromYaml } from '../src/pages/edit/yamlReader'
import { toYaml } from '../src/pages/edit/yamlWriter'

const EXAMPLES = readFileSync('../docs/examples/sites.yaml', 'utf8')

function examples(): SiteDefinition[] {
  return (fromYaml(EXAMPLES) as { sites: SiteDefinition[] }).sites
}

describe('the sites of the documentation', () => {
  it('are read as they are meant', () => {
    const [example, shop, mail, , exchanger, original] = examples()
    expect(example).toEqual({ id: 'example', endpoint: 'https://example.com/' })
    expect(shop).toMatchObject({
      regions: ['eu-west-1', 'us-east-1'],
      requests: 1,
      timeouts: { dns: '2s', connect: '3s' },
      http: {
        headers: { 'X-Api-Key': '${env:SHOP_KEY}' },
        body: '{"query": "all"}',
        basic: { user: 'weir', password: '${file:shop-password}' },
        redirects: false,
        version: '2',
      },
      expect: {
        status: [200, 204, '300-399'],
        matches: String.raw`"page":\s*1`,
        json: [{ path: '$.status', value: 'ok' }],
        headers: [{ name: 'Content-Type', matches: '^application/json' }, { name: 'Server' }],
      },
      maintenance: [
        { start: '2026-12-24T18:00:00Z' },
        { days: ['sat', 'sun'], from: '22:00', length: '2h' },
      ],
    })
    expect(at(mail, ['tcp', 'steps'])).toEqual([
      { expect: '^220' },
      { send: 'EHLO weir\r\n' },
      { expect: '^250 ' },
      { send: 'STARTTLS\r\n' },
      { expect: '^220' },
      'starttls',
    ])
    expect(at(exchanger, ['expect', 'answers', 0, 'matches'])).toBe(String.raw`mail\.example\.com`)
    expect(original).toMatchObject({ SiteId: 'googlesearch', rate: 2, testString: 'google' })
  })

  it('come back from both texts as they were', () => {
    for (const site of examples()) {
      for (const format of ['yaml', 'json'] as const) {
        const text = write({ ...site, unheard: { of: [1, 'two', { three: null }] } }, format)
        expect(read(text), text).toEqual({
          definition: {
            ...site,
            id: scalarText(site.id),
            unheard: { of: [1, 'two', { three: null }] },
          },
          fault: null,
        })
      }
    }
  })

  it('keep what the form has no field for when a field changes', () => {
    for (const site of examples()) {
      const withMore = { ...site, unheard: 'of', http: { ...(site['http'] as object), more: 1 } }
      const next = changed(changed(withMore, ['interval'], '7s'), ['http', 'method'], 'HEAD')
      expect(next).toMatchObject({
        unheard: 'of',
        interval: '7s',
        http: { more: 1, method: 'HEAD' },
      })
      const back = changed(
        changed(next, ['interval'], site['interval']),
        ['http', 'method'],
        at(site, ['http', 'method']),
      )
      expect(same(back, { ...withMore, id: scalarText(site.id) })).toBe(true)
    }
  })
})

describe('texts', () => {
  it('that YAML would take for something else are quoted', () => {
    const odd = [
      '',
      ' a',
      'a ',
      'true',
      '12',
      '1.1',
      '22:00',
      'a: b',
      'a #b',
      '- a',
      '#',
      '~',
      'null',
      'a\nb',
      'tab\t',
      '"',
      "'",
      '[a',
      '{a',
      '*a',
      '&a',
      '!a',
      '|',
      '>',
      '%',
      '@',
      '`',
      'EHLO\r\n',
      'ü',
      '${env:NAME}',
      'Token ${env:NAME}',
      'a, b',
      'a:',
      ':a',
      '?',
      '-',
      '--',
      '-1',
      '\\',
      '\u2028',
    ]
    for (const text of odd) {
      expect(fromYaml(toYaml({ a: text, list: [text, text] })), JSON.stringify(text)).toEqual({
        a: text,
        list: [text, text],
      })
      expect(fromYaml(toYaml({ [text]: { [text]: [[text], { [text]: 1 }] } }))).toEqual({
        [text]: { [text]: [[text], { [text]: 1 }] },
      })
    }
  })

  it('over several lines are read', () => {
    expect(
      fromYaml('a: |\n  one # no comment\n\n  two\nb: >-\n  one\n  two\nc: [1,\n  2]\n'),
    ).toEqual({
      a: 'one # no comment\n\ntwo\n',
      b: 'one two',
      c: [1, 2],
    })
  })

  it('that can not be read are told with their line', () => {
    expect(read('id: a\n\tb: c').fault).toContain('Line 2')
    expect(read('id: a\nid: b').fault).toContain('second time')
    expect(read('id: &anchor a').fault).toContain('not read here')
    expect(read('sites: []').fault).toContain('Import')
    expect(read('{"id": ').fault).not.toBeNull()
    expect(read('just words').fault).not.toBeNull()
  })

  it('do not reach the prototype of anything', () => {
    expect(Object.keys(fromYaml('__proto__: {a: 1}') as object)).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>)['a']).toBeUndefined()
  })
})

describe('fields', () => {
  const site: SiteDefinition = { id: 'a', endpoint: 'tcp://a:25', tls: { ca: 'x' } }

  it('take what they leave empty away, but not what encrypts', () => {
    expect(changed(site, ['tls', 'ca'], undefined)).toEqual({ ...site, tls: {} })
    expect(changed(site, ['tls'], undefined)).toEqual({ id: 'a', endpoint: 'tcp://a:25' })
    const web = { id: 'a', endpoint: 'https://a', tls: { ca: 'x' }, expect: { status: [200] } }
    expect(changed(web, ['tls', 'ca'], undefined)).not.toHaveProperty('tls')
    expect(changed(web, ['expect', 'status', 0], undefined)).not.toHaveProperty('expect')
  })

  it('are called as problems call them', () => {
    expect(fieldOf(['expect', 'json', 0, 'path'])).toBe('expect.json[0].path')
  })

  it('of another protocol are found', () => {
    expect(foreignSections({ ...site, http: {}, dns: {} })).toEqual(['http', 'dns'])
    expect(foreignSections({ ...site, endpoint: '' })).toEqual([])
    expect(protocolOf({ id: '', endpoint: 'HTTPS://a' })).toBe('https')
    expect(protocolOf({ id: '', endpoint: 'ftp://a' })).toBeNull()
  })
})

describe('a new site', () => {
  it('has an id made of its host', () => {
    expect(idFrom('https://www.shop.example:8443/a?b')).toBe('shop.example')
    expect(idFrom('tcp://[::1]:25')).toBe('1')
    expect(idFrom('dns://bücher.example')).toBe('b-cher.example')
    expect(idFrom('https://user@host.example/')).toBe('host.example')
    expect(idFrom('https://')).toBe('')
  })

  it('is asked for by https where nothing else is said', () => {
    expect(withScheme('shop.example')).toBe('https://shop.example')
    expect(withScheme(' tcp://a:1 ')).toBe('tcp://a:1')
    expect(withScheme('')).toBe('')
    expect(withScheme('htt')).toBe('htt')
  })

  it('belongs to a customer whose editor the caller is', () => {
    const me = { name: '', auth: 'local' as const, version: '', token: null }
    expect(
      editable({ ...me, roles: { acme: 'editor', other: 'viewer' }, customers: ['acme', 'other'] }),
    ).toEqual(['acme'])
    expect(editable({ ...me, roles: { '*': 'admin' }, customers: ['zoo', 'acme'] })).toEqual([
      'default',
      'acme',
      'zoo',
    ])
  })
})
