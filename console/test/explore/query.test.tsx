// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { act, cleanup, renderHook, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useQuery } from '../../src/pages/explore/useQuery'

interface Call {
  method: string
  url: string
  keepalive: boolean
  body: { sql: string; id: string; next?: string } | null
  answer: (status: number, body: unknown) => void
  fail: () => void
}

const calls: Call[] = []

beforeEach(() => {
  calls.length = 0
  vi.stubGlobal(
    'fetch',
    (url: string, init: { method: string; body?: string; keepalive: boolean }) => {
      return new Promise<Response>((resolve, reject) => {
        calls.push({
          method: init.method,
          url,
          keepalive: init.keepalive,
          body: init.body === undefined ? null : (JSON.parse(init.body) as Call['body']),
          answer: (status, body) =>
            resolve(
              new Response(status === 204 ? null : JSON.stringify(body), {
                status,
                headers: { 'Content-Type': 'application/json' },
              }),
            ),
          fail: () => reject(new TypeError('network')),
        })
      })
    },
  )
})

afterEach(() => {
  vi.useRealTimers()
  cleanup()
  vi.unstubAllGlobals()
})

const page = (rows: number[], next: string | null) => ({
  id: 'x',
  columns: [{ name: 'n', type: 'bigint' }],
  rows: rows.map((row) => [row]),
  next,
  elapsed_ms: 5,
  scanned_bytes: 0,
})

const problem = (kind: string) => ({ status: 409, title: 'x', kind, detail: 'line 1:8: no' })

function started(sql = 'SELECT 1') {
  const hook = renderHook(() => useQuery())
  void act(() => hook.result.current.run(sql))
  return hook
}

const kindOf = (hook: ReturnType<typeof started>) => hook.result.current.outcome.kind

describe('useQuery', () => {
  it('runs a query and puts further pages behind the first', async () => {
    const hook = started()
    expect(kindOf(hook)).toBe('running')
    calls[0]?.answer(200, page([1, 2], 'token'))
    await waitFor(() => expect(kindOf(hook)).toBe('done'))
    void act(() => hook.result.current.loadMore())
    void act(() => hook.result.current.loadMore())
    expect(calls).toHaveLength(2)
    expect(calls[1]?.body).toMatchObject({ sql: 'SELECT 1', next: 'token', id: calls[0]?.body?.id })
    calls[1]?.answer(200, page([3], null))
    await waitFor(() => expect(hook.result.current.more.loading).toBe(false))
    const { outcome } = hook.result.current
    expect(outcome.kind === 'done' && outcome.result.rows).toEqual([[1], [2], [3]])
    void act(() => hook.result.current.loadMore())
    expect(calls).toHaveLength(2)
  })

  it('keeps its rows where the next do not come, and tries again when asked', async () => {
    const hook = started()
    calls[0]?.answer(200, page([1], 'token'))
    await waitFor(() => expect(kindOf(hook)).toBe('done'))
    void act(() => hook.result.current.loadMore())
    calls[1]?.fail()
    await waitFor(() => expect(hook.result.current.more.failure).not.toBeNull())
    expect(kindOf(hook)).toBe('done')
    void act(() => hook.result.current.loadMore())
    expect(calls[2]?.body?.next).toBe('token')
  })

  it('cancels where the query runs, and waits for its end', async () => {
    const hook = started()
    void act(() => hook.result.current.cancel())
    void act(() => hook.result.current.cancel())
    expect(calls.map((call) => call.method)).toEqual(['POST', 'DELETE'])
    expect(calls[1]?.url).toContain(`/api/v1/sql/${calls[0]?.body?.id ?? '?'}`)
    calls[1]?.answer(204, null)
    expect(kindOf(hook)).toBe('running')
    calls[0]?.answer(409, problem('cancelled'))
    await waitFor(() => expect(kindOf(hook)).toBe('cancelled'))
  })

  it('tells the server again where it has not heard of the query yet', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const hook = started()
    void act(() => hook.result.current.cancel())
    calls[1]?.answer(404, problem('not_found'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(calls.map((call) => call.method)).toEqual(['POST', 'DELETE', 'DELETE'])
    vi.useRealTimers()
  })

  it('gives up waiting where the server can not be told', async () => {
    const hook = started()
    void act(() => hook.result.current.cancel())
    calls[1]?.fail()
    await waitFor(() => expect(kindOf(hook)).toBe('cancelled'))
  })

  it('shows what is wrong with a query', async () => {
    const hook = started()
    calls[0]?.answer(400, problem('bad_request'))
    await waitFor(() => expect(kindOf(hook)).toBe('failed'))
    const { outcome } = hook.result.current
    expect(outcome.kind === 'failed' && outcome.failure.message).toBe('line 1:8: no')
  })

  it('ends the query before when another is run, whose answer counts alone', async () => {
    const hook = started('SELECT 1')
    void act(() => hook.result.current.run('SELECT 2'))
    expect(calls.map((call) => call.method)).toEqual(['POST', 'DELETE', 'POST'])
    calls[2]?.answer(200, page([2], null))
    await waitFor(() => expect(kindOf(hook)).toBe('done'))
    await act(async () => {
      calls[0]?.answer(409, problem('cancelled'))
      await Promise.resolve()
    })
    const { outcome } = hook.result.current
    expect(outcome.kind === 'done' && outcome.result.sql).toBe('SELECT 2')
  })

  it('ends what nobody waits for when the page is left', () => {
    const hook = started()
    hook.unmount()
    expect(calls.map((call) => call.method)).toEqual(['POST', 'DELETE'])
  })

  it('ends it where the tab is closed or loaded anew', () => {
    started()
    dispatchEvent(new Event('pagehide'))
    expect(calls.map((call) => call.method)).toEqual(['POST', 'DELETE'])
    expect(calls[1]?.keepalive).toBe(true)
  })

  it('ends a query whose answer got lost when the next is run, since it may still run', async () => {
    const hook = started('SELECT 1')
    calls[0]?.fail()
    await waitFor(() => expect(kindOf(hook)).toBe('failed'))
    void act(() => hook.result.current.run('SELECT 2'))
    expect(calls.map((call) => call.method)).toEqual(['POST', 'DELETE', 'POST'])
    expect(calls[1]?.url).toContain(`/api/v1/sql/${calls[0]?.body?.id ?? '?'}`)
  })
})
