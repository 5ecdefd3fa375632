// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { cleanup, render, screen } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { me, mustSignIn, reachable } from '../src/api/client'
import { Frame } from '../src/shell/Frame'

const known = {
  name: 'ada',
  auth: 'local' as const,
  roles: {},
  customers: [],
  version: '1',
  token: 't',
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.useRealTimers()
  me.value = null
  mustSignIn.value = false
  reachable.value = true
})

function Broken(): never {
  throw new Error('a file is gone')
}

describe('the frame', () => {
  it('says so where a page fails by itself, and stays', () => {
    me.value = known
    render(
      <Frame>
        <Broken />
      </Frame>,
    )
    expect(screen.getByRole('alert').textContent).toContain('a file is gone')
    expect(screen.getByRole('link', { name: 'Explore' })).toBeTruthy()
  })

  it('says that Weir does not answer beside the page, not in its place', () => {
    me.value = known
    reachable.value = false
    render(<Frame>what was there</Frame>)
    expect(screen.getByText('what was there')).toBeTruthy()
    expect(screen.getByText(/Weir does not answer/)).toBeTruthy()
  })

  it('shows who is signed in, where there is a way out', () => {
    me.value = known
    render(<Frame>page</Frame>)
    expect(screen.getByText('ada')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Sign out' })).toBeTruthy()
    cleanup()
    me.value = { ...known, auth: 'none' }
    render(<Frame>page</Frame>)
    expect(screen.queryByRole('button', { name: 'Sign out' })).toBeNull()
  })

  it('asks who is signed in again, as long as nobody could say', async () => {
    vi.useFakeTimers()
    let up = false
    vi.stubGlobal('fetch', () =>
      up ? Promise.resolve(Response.json(known)) : Promise.reject(new TypeError('refused')),
    )
    render(<Frame>page</Frame>)
    await vi.advanceTimersByTimeAsync(6_000)
    expect(me.value).toBeNull()
    up = true
    await vi.advanceTimersByTimeAsync(5_000)
    expect(me.value).toMatchObject({ name: 'ada' })
  })
})
