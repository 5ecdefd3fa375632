// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { act, cleanup, renderHook } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mustSignIn } from '../src/api/client'
import type { SiteDefinition, SiteDocument, TextProblem } from '../src/api/types'
import { changed } from '../src/pages/edit/definition'
import { differences, merged } from '../src/pages/edit/differences'
import { forget, keep, kept, keyOf, withoutLiterals } from '../src/pages/edit/draft'
import { begun, body, dirty, headers, inText, question, typed } from '../src/pages/edit/editing'
import { about, elsewhere, inWords, sentence, shown } from '../src/pages/edit/problems'
import { escaped, unescaped } from '../src/pages/edit/stepsSection'
import { PAUSE_MS, type Question, useValidation } from '../src/pages/edit/useValidation'

const SITE: SiteDefinition = {
  id: 'shop',
  customer: 'acme',
  endpoint: 'https://shop.example/',
  interval: '1m',
  expect: { status: [200], contains: ['one'] },
}

const DOCUMENT: SiteDocument = {
  id: 'shop',
  customer: 'acme',
  endpoint: SITE.endpoint,
  name: 'Shop',
  group: '',
  state: 'up',
  interval_s: 60,
  regions: ['local'],
  version: 7,
  definition: SITE,
}

const FRESH: SiteDefinition = { id: '', endpoint: '' }

function problem(field: string, reason = 'is wrong'): TextProblem {
  return { file: 'body', line: 1, site: 'shop', field, reason }
}

describe('problems', () => {
  it('stand at their field, or in the list above', () => {
    const all = [
      problem('interval'),
      problem('expect.json[0].path'),
      problem('http.headers.X-Api-Key'),
      problem('tcp.steps[1]'),
      problem('intervall'),
      problem(''),
    ]
    const fields = (found: TextProblem[]) => found.map((each) => each.field)
    expect(fields(elsewhere(all, shown('https')))).toEqual(['tcp.steps[1]', 'intervall', ''])
    expect(fields(elsewhere(all, shown('tcp')))).toEqual([
      'expect.json[0].path',
      'http.headers.X-Api-Key',
      'intervall',
      '',
    ])
    expect(fields(about(all, ['expect']))).toEqual(['expect.json[0].path'])
    expect(sentence(all, 'expect.json[0].path')).toBe('This is wrong.')
    expect(sentence(all, 'expect.json[0]')).toBeUndefined()
  })

  it('are sentences', () => {
    expect(inWords('has the scheme ftp')).toBe('This has the scheme ftp.')
    expect(inWords('an id is 1 to 63 letters')).toBe('An id is 1 to 63 letters.')
  })
})

describe('what is sent', () => {
  it('is the definition, on the version that it began from', () => {
    const editing = begun(DOCUMENT, SITE)
    expect(JSON.parse(body(editing))).toEqual(SITE)
    expect(headers(editing)).toEqual({ 'Content-Type': 'application/json', 'If-Match': '"7"' })
    expect(question(editing)?.path).toBe('sites/acme/shop')
    expect(dirty(editing, SITE)).toBe(false)
  })

  it('is nothing of a new site before there is an endpoint, and a set of one without an id', () => {
    const editing = begun(null, FRESH)
    expect(question(editing)).toBeNull()
    const begunToType = { ...editing, definition: { id: '', endpoint: 'https://a' } }
    expect(question(begunToType)?.path).toBe('sites')
    const named = { ...editing, definition: { id: 'a', endpoint: 'https://a' } }
    expect(question(named)?.path).toBe('sites/default/a')
    expect(headers(named)['If-None-Match']).toBe('*')
  })

  it('is the text as it stands, also where only the server can read it', () => {
    const asText = inText(begun(DOCUMENT, SITE), 'yaml')
    expect(dirty(asText, SITE)).toBe(false)
    const odd = typed(asText, 'id: &x shop\nendpoint: https://shop.example/\n')
    expect(body(odd)).toContain('&x')
    expect(odd.definition).toEqual(SITE)
    expect(dirty(odd, SITE)).toBe(true)
    const next = typed(asText, (asText.text ?? '').replace('1m', '2m') + 'unheard: of\n')
    expect(inText(next, null).definition).toEqual({ ...SITE, interval: '2m', unheard: 'of' })
  })
})

describe('two editors', () => {
  it('keep what each of them changed, and where both did the one that is typed', () => {
    const theirs = {
      ...SITE,
      interval: '5m',
      group: 'Theirs',
      expect: { status: [204], contains: ['one'], latency: '1s' },
    }
    const mine = { ...SITE, group: 'Mine', expect: { status: [200], contains: ['two'] } }
    expect(merged(SITE, theirs, mine)).toEqual({
      ...SITE,
      interval: '5m',
      group: 'Mine',
      expect: { status: [204], contains: ['two'], latency: '1s' },
    })
    expect(differences(theirs, mine)).toEqual([
      { field: 'interval', theirs: '5m', mine: '1m' },
      { field: 'expect.status', theirs: '[204]', mine: '[200]' },
      { field: 'expect.contains', theirs: '["one"]', mine: '["two"]' },
      { field: 'expect.latency', theirs: '1s', mine: null },
      { field: 'group', theirs: 'Theirs', mine: 'Mine' },
    ])
  })

  it('lose no field that one of them took away', () => {
    const gone = changed(SITE, ['interval'], undefined)
    expect(merged(SITE, SITE, gone)).not.toHaveProperty('interval')
    expect(merged(SITE, gone, { ...SITE, group: 'Mine' })).toEqual({
      ...gone,
      group: 'Mine',
    })
  })
})

describe('a draft', () => {
  const key = keyOf(DOCUMENT)
  afterEach(() => forget(key))

  it('comes back after a reload, for its site alone', () => {
    keep(key, { definition: SITE, text: 'id: shop', version: 7 })
    expect(kept(key)).toEqual({ definition: SITE, text: 'id: shop', version: 7 })
    expect(kept(keyOf({ customer: 'acme', id: 'other' }))).toBeNull()
    expect(kept(keyOf(null))).toBeNull()
    sessionStorage.setItem(key, '{"definition": 1}')
    expect(kept(key)).toBeNull()
    sessionStorage.setItem(key, '{')
    expect(kept(key)).toBeNull()
  })

  it('holds no secret that was written out', () => {
    const references = {
      headers: { Authorization: 'Token ${env:TOKEN}', Accept: 'text/html' },
      basic: { user: 'weir', password: '${file:password}' },
    }
    const site = { ...SITE, http: references, tls: { key: '${file:key.pem}' } }
    expect(withoutLiterals(site)).toEqual(site)
    const careless = {
      ...SITE,
      http: {
        headers: {
          authorization: 'Token swordfish',
          'X-API-Key': 'swordfish',
          Accept: 'text/html',
        },
        basic: { user: 'weir', password: 'swordfish' },
        bearer: 'swordfish',
      },
      tls: { key: 'swordfish' },
    }
    keep(key, { definition: careless, text: 'http: {bearer: swordfish}', version: 7 })
    expect(sessionStorage.getItem(key)).not.toContain('swordfish')
    expect(kept(key)?.definition).toMatchObject({
      http: { headers: { Accept: 'text/html' }, basic: { user: 'weir' } },
    })
    expect(kept(key)?.text).toBeNull()
    keep(key, { definition: SITE, text: 'bearer: ${env:TOKEN}', version: 7 })
    expect(kept(key)?.text).toBe('bearer: ${env:TOKEN}')
  })
})

describe('what TCP sends', () => {
  it('shows its line ends, and takes them as they are typed', () => {
    for (const text of ['EHLO weir\r\n', 'a\\b', 'tab\t', '$${1}\r\n', 'a\\r']) {
      expect(unescaped(escaped(text))).toBe(text)
    }
    expect(escaped('QUIT\r\n')).toBe(String.raw`QUIT\r\n`)
  })
})

describe('judging what is typed', () => {
  type Settle = (response: Response) => void
  const asked: { url: string; settle: Settle; aborted: () => boolean }[] = []

  beforeEach(() => {
    vi.useFakeTimers()
    asked.length = 0
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      return new Promise<Response>((settle) => {
        asked.push({ url, settle, aborted: () => init.signal?.aborted === true })
      })
    })
  })

  afterEach(() => {
    cleanup()
    vi.useRealTimers()
    vi.unstubAllGlobals()
    mustSignIn.value = false
  })

  function ask(text: string): Question {
    return { path: 'sites/acme/shop', body: text, headers: {} }
  }

  function refusing(field: string): Response {
    return new Response(
      JSON.stringify({
        status: 400,
        title: '',
        kind: '',
        detail: 'no',
        problems: [problem(field)],
      }),
      { status: 400, headers: { 'Content-Type': 'application/problem+json' } },
    )
  }

  async function pass(ms: number) {
    await act(async () => {
      await vi.advanceTimersByTimeAsync(ms)
    })
  }

  it('waits for a pause, asks once, and lets the last answer win', async () => {
    const hook = renderHook(({ text }: { text: string }) => useValidation(ask(text)), {
      initialProps: { text: 'a' },
    })
    await pass(PAUSE_MS - 1)
    expect(asked).toHaveLength(0)
    hook.rerender({ text: 'ab' })
    await pass(PAUSE_MS)
    expect(asked.map((each) => each.url)).toEqual(['/api/v1/sites/acme/shop?dryRun=true'])

    hook.rerender({ text: 'abc' })
    await pass(PAUSE_MS)
    expect(asked).toHaveLength(2)
    expect(asked[0]?.aborted()).toBe(true)
    asked[1]?.settle(refusing('interval'))
    await pass(0)
    asked[0]?.settle(refusing('endpoint'))
    await pass(0)
    expect(hook.result.current.problems.map((each) => each.field)).toEqual(['interval'])
    expect(hook.result.current.waiting).toBe(false)
  })

  it('keeps the problems that it knows while the API is down, and says so', async () => {
    const hook = renderHook(({ text }: { text: string }) => useValidation(ask(text)), {
      initialProps: { text: 'a' },
    })
    await pass(PAUSE_MS)
    asked[0]?.settle(refusing('interval'))
    await pass(0)
    hook.rerender({ text: 'ab' })
    await pass(PAUSE_MS)
    asked[1]?.settle(new Response('bad gateway', { status: 502 }))
    await pass(0)
    expect(hook.result.current.failure).toBe('bad gateway')
    expect(hook.result.current.problems).toHaveLength(1)
  })

  it('knows that another has the id, and asks again after a sign-in', async () => {
    const hook = renderHook(() => useValidation(ask('a')))
    await pass(PAUSE_MS)
    asked[0]?.settle(new Response('{"detail": "sign in"}', { status: 401 }))
    await pass(0)
    expect(mustSignIn.value).toBe(true)
    await act(() => {
      mustSignIn.value = false
    })
    await pass(PAUSE_MS)
    asked[1]?.settle(new Response('{"detail": "is there"}', { status: 412 }))
    await pass(0)
    expect(hook.result.current.conflict).toBe(true)
    expect(hook.result.current.failure).toBeNull()
  })
})
