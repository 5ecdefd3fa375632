// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { me } from '../src/api/client'
import { WatchSite } from '../src/pages/welcome/WatchSite'

let asked: { method: string; path: string; body: unknown; headers: Record<string, string> }[]
let answer: (path: string) => Response

beforeEach(() => {
  asked = []
  me.value = {
    name: 'you',
    auth: 'none',
    roles: { acme: 'editor' },
    customers: ['acme'],
    version: '1',
    token: null,
  }
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : null
    const headers = init.headers as Record<string, string>
    asked.push({ method: init.method ?? '', path, body, headers })
    return Promise.resolve(answer(path))
  })
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  me.value = null
  location.hash = ''
})

function type(text: string): void {
  render(<WatchSite />)
  const field = screen.getByLabelText('Address of the site')
  fireEvent.input(field, { target: { value: text } })
  fireEvent.click(screen.getByRole('button', { name: 'Check it now' }))
}

describe('the first site', () => {
  it('is checked, saved as a new one, and leads to its page', async () => {
    answer = (path) =>
      Response.json(path.endsWith('check') ? { up: true, status: 200, latency_s: 0.1 } : {})
    type('shop.example.com')
    fireEvent.click(await screen.findByRole('button', { name: 'Watch this site' }))
    await waitFor(() => expect(location.hash).toBe('#/sites/acme/shop.example.com'))
    const site = { id: 'shop.example.com', endpoint: 'https://shop.example.com', customer: 'acme' }
    expect(asked).toMatchObject([
      { method: 'POST', path: '/api/v1/check', body: { site } },
      {
        method: 'PUT',
        path: '/api/v1/sites/acme/shop.example.com',
        body: site,
        headers: { 'If-None-Match': '*' },
      },
    ])
  })

  it("is refused in the server's words, and what was typed stays", async () => {
    const problems = [
      { file: 'body', line: 1, site: 'x', field: 'endpoint', reason: 'is no address' },
    ]
    answer = () =>
      Response.json(
        { status: 400, title: '', kind: 'x', detail: 'wrong', problems },
        { status: 400 },
      )
    type('gopher://x')
    expect(await screen.findByText('The address is no address')).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>('Address of the site').value).toBe('gopher://x')
  })

  it('may be watched though it is down, but not without another check once it is another', async () => {
    answer = () => Response.json({ up: false, error: 'refused', failed_expectation: null })
    type('tcp://x:1')
    expect(await screen.findByText('Down: refused')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Watch it all the same' })).toBeTruthy()
    const field = screen.getByLabelText('Address of the site')
    fireEvent.input(field, { target: { value: 'tcp://y:1' } })
    expect(screen.queryByText('Down: refused')).toBeNull()
    expect(screen.getByRole('button', { name: 'Check it now' })).toBeTruthy()
  })
})
