// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { afterEach, expect, test, vi } from 'vitest'
import { ask, findApi, me, mustSignIn, ownAddress, Refusal } from '../../src/api/client'

const ME = { name: 'ann', auth: 'local', roles: { '*': 'admin' }, customers: [], version: '1' }

/** A server whose session has this token. */
function server(token: string) {
  const asked: string[] = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const method = init.method ?? 'GET'
    const given = new Headers(init.headers).get('X-Weir-Token')
    asked.push(`${method} ${url} ${given ?? '-'}`)
    if (url === '/api/v1/me') {
      return Promise.resolve(Response.json({ ...ME, token }))
    }
    if (given !== token) {
      const problem = { status: 403, title: 'Denied', kind: 'token', detail: 'of another session' }
      return Promise.resolve(Response.json(problem, { status: 403 }))
    }
    return Promise.resolve(new Response(null, { status: 204 }))
  })
  return asked
}

afterEach(() => {
  vi.unstubAllGlobals()
})

test('a call with the token of a session that is gone learns the new one and goes again', async () => {
  const asked = server('second')
  await ask('sites/acme/shop', { method: 'DELETE' })
  expect(asked.slice(-3)).toEqual([
    expect.stringMatching(/^DELETE \/api\/v1\/sites\/acme\/shop /),
    expect.stringMatching(/^GET \/api\/v1\/me /),
    'DELETE /api/v1/sites/acme/shop second',
  ])
  expect(me.value?.name).toBe('ann')
})

test('it goes again once, and then says what was refused', async () => {
  let asked = 0
  vi.stubGlobal('fetch', (url: string) => {
    asked++
    return Promise.resolve(
      url === '/api/v1/me'
        ? Response.json({ ...ME, token: 'x' })
        : Response.json({ status: 403, kind: 'token', detail: 'no' }, { status: 403 }),
    )
  })
  await expect(ask('sql', { method: 'POST', body: {} })).rejects.toThrow(Refusal)
  expect(asked).toBe(3)
})

test('who is not signed in is asked to, except by a sign-in that failed', async () => {
  mustSignIn.value = false
  vi.stubGlobal('fetch', () =>
    Promise.resolve(
      Response.json({ status: 401, kind: 'not_signed_in', detail: 'no' }, { status: 401 }),
    ),
  )
  await expect(ask('session', { method: 'POST', body: {} })).rejects.toThrow('no')
  expect(mustSignIn.value).toBe(false)
  await expect(ask('sites')).rejects.toThrow('no')
  expect(mustSignIn.value).toBe(true)
})

test('names the address by which others reach this Weir, wherever the console is kept', async () => {
  const configured = (api: string) => () => Promise.resolve(Response.json({ api }))
  await findApi(configured('https://api.example/'))
  expect(ownAddress()).toBe('https://api.example')
  await findApi(configured(''))
  expect(ownAddress()).toBe(location.origin)
})

test('asks nobody before it knows where the API is, and looks for that until it can be had', async () => {
  vi.useFakeTimers()
  const asked: string[] = []
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url)
    return Promise.resolve(Response.json([]))
  })
  let tried = 0
  const found = findApi(() =>
    tried++ === 0
      ? Promise.reject(new TypeError('network'))
      : Promise.resolve(Response.json({ api: 'https://api.example' })),
  )
  const sites = ask('sites')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(asked).toEqual([])
  await vi.advanceTimersByTimeAsync(5_000)
  await Promise.all([found, sites])
  expect(asked).toEqual(['https://api.example/api/v1/sites'])
  vi.useRealTimers()
})
