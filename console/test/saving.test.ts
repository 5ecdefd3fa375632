// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { act, cleanup, renderHook } from '@testing-library/preact'
import { useState } from 'preact/hooks'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mustSignIn } from '../src/api/client'
import type { Plan, SiteDefinition, SiteDocument } from '../src/api/types'
import { begun, type Editing } from '../src/pages/edit/editing'
import { BYTES_MAX, checked, summary } from '../src/pages/edit/importing'
import { usePlan } from '../src/pages/edit/usePlan'
import { useSaving } from '../src/pages/edit/useSaving'

interface Call {
  method: string
  url: string
  headers: Record<string, string>
  body: string
}

const calls: Call[] = []
let answers: (Response | Error)[] = []

beforeEach(() => {
  calls.length = 0
  answers = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    calls.push({
      method: init.method ?? '',
      url,
      headers: init.headers as Record<string, string>,
      body: init.body as string,
    })
    const next = answers.shift() ?? new Error('nothing is answered any more')
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next)
  })
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  mustSignIn.value = false
})

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json' },
  })
}

function problem(status: number): Response {
  return json(status, { status, title: '', kind: '', detail: 'no' })
}

const SITE: SiteDefinition = { id: 'shop', endpoint: 'https://shop.example/', interval: '1m' }

function document(version: number, definition: SiteDefinition): SiteDocument {
  return {
    id: 'shop',
    customer: 'default',
    endpoint: definition.endpoint,
    name: 'shop',
    group: '',
    state: 'up',
    interval_s: 60,
    regions: ['local'],
    version,
    definition,
  }
}

describe('saving', () => {
  const saved: string[][] = []

  function editor() {
    saved.length = 0
    return renderHook(() => {
      const [editing, setEditing] = useState<Editing>(() => ({
        ...begun(document(1, SITE), SITE),
        definition: { ...SITE, group: 'Mine' },
      }))
      const saving = useSaving(editing, setEditing, (segments) => saved.push(segments))
      return { editing, saving }
    }).result
  }

  async function settled(action: () => void) {
    await act(async () => {
      action()
      await vi.waitFor(() => expect(answers).toHaveLength(0))
      await new Promise((resolve) => setTimeout(resolve, 0))
    })
  }

  it('overwrites nobody: the other change is had, and what is typed goes on top of it', async () => {
    const result = editor()
    answers = [problem(412), json(200, document(2, { ...SITE, interval: '5m' }))]
    await settled(result.current.saving.save)
    expect(calls.map((call) => `${call.method} ${call.url}`)).toEqual([
      'PUT /api/v1/sites/default/shop',
      'GET /api/v1/sites/default/shop',
    ])
    expect(calls[0]?.headers['If-Match']).toBe('"1"')
    expect(result.current.saving.conflict?.theirs?.version).toBe(2)
    expect(saved).toEqual([])

    await act(() => result.current.saving.onTop())
    answers = [json(200, {})]
    await settled(result.current.saving.save)
    expect(calls[2]?.headers['If-Match']).toBe('"2"')
    expect(JSON.parse(calls[2]?.body ?? '')).toEqual({ ...SITE, interval: '5m', group: 'Mine' })
    expect(saved).toEqual([['sites', 'default', 'shop']])
  })

  it('can take theirs instead', async () => {
    const result = editor()
    answers = [problem(412), json(200, document(2, { ...SITE, interval: '5m' }))]
    await settled(result.current.saving.save)
    await act(() => result.current.saving.useTheirs())
    expect(result.current.editing.definition).toEqual({ ...SITE, interval: '5m' })
    expect(result.current.editing.version).toBe(2)
    expect(result.current.saving.conflict).toBeNull()
  })

  it('adds a site again that was deleted meanwhile', async () => {
    const result = editor()
    answers = [problem(412), problem(404)]
    await settled(result.current.saving.save)
    expect(result.current.saving.conflict).toEqual({ theirs: null })
    await act(() => result.current.saving.onTop())
    answers = [json(201, {})]
    await settled(result.current.saving.save)
    expect(calls[2]?.headers['If-None-Match']).toBe('*')
    expect(saved).toHaveLength(1)
  })

  it('keeps what is typed when Weir is down or the session has ended', async () => {
    const result = editor()
    answers = [new TypeError('failed to fetch')]
    await settled(result.current.saving.save)
    expect(result.current.saving.failure).toContain('Weir does not answer')
    answers = [problem(401)]
    await settled(result.current.saving.save)
    expect(result.current.saving.failure).toContain('Sign in and save again')
    expect(mustSignIn.value).toBe(true)
    expect(result.current.editing.definition['group']).toBe('Mine')
    answers = [json(200, {})]
    await settled(result.current.saving.save)
    expect(saved).toHaveLength(1)
  })
})

describe('an import', () => {
  const PLAN: Plan = {
    applied: false,
    plan: 'one',
    additions: [{ id: 'a', customer: 'default', endpoint: 'https://a' }],
    changes: [],
    removals: [{ id: 'b', customer: 'default' }],
    unchanged: 3,
  }

  function importing() {
    return renderHook(() => usePlan({ text: 'sites: []', prune: true, customer: '' })).result
  }

  async function settled(action: () => void) {
    await act(async () => {
      action()
      await vi.waitFor(() => expect(answers).toHaveLength(0))
      await new Promise((resolve) => setTimeout(resolve, 0))
    })
  }

  it('does what was shown, and shows a new plan where that is another by now', async () => {
    const result = importing()
    answers = [json(200, PLAN)]
    await settled(result.current.ask)
    expect(result.current.plan).toEqual(PLAN)
    answers = [problem(409), json(200, { ...PLAN, plan: 'two' })]
    await settled(result.current.apply)
    expect(calls.map((call) => call.url)).toEqual([
      '/api/v1/sites?dryRun=true&prune=true',
      '/api/v1/sites?plan=one&prune=true',
      '/api/v1/sites?dryRun=true&prune=true',
    ])
    expect(result.current.plan?.plan).toBe('two')
    expect(result.current.note).toContain('nothing was done')
    answers = [json(200, { ...PLAN, applied: true })]
    await settled(result.current.apply)
    expect(calls[3]?.url).toBe('/api/v1/sites?plan=two&prune=true')
    expect(result.current.plan?.applied).toBe(true)
    expect(result.current.note).toBe('')
  })

  it('forgets a plan whose text has changed, also one that is still to come', async () => {
    const result = importing()
    answers = [json(200, PLAN)]
    await settled(() => {
      result.current.ask()
      result.current.forget()
    })
    expect(result.current.plan).toBeNull()
    expect(result.current.busy).toBeNull()
  })

  it('is told in words, and has a limit', () => {
    expect(summary(PLAN)).toBe('1 to add, 1 to remove, 3 unchanged')
    expect(summary({ ...PLAN, applied: true })).toBe('1 added, 1 removed, 3 unchanged')
    expect(checked('x'.repeat(BYTES_MAX))).toBeUndefined()
    expect(checked('x'.repeat(BYTES_MAX + 1))).toContain('10.0 MiB')
  })
})
