// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { me } from '../../src/api/client'
import type { Incident, Me, Phases } from '../../src/api/types'
import { openFirst } from '../../src/pages/site/Incidents'
import SitePage from '../../src/pages/site/SitePage'
import { parse } from '../../src/shell/route'
import { Answers, one } from './answers'

const NO_PHASES: Phases = {
  dns: null,
  connect: null,
  tls: null,
  send: null,
  wait: null,
  body: null,
}

function known(role: 'viewer' | 'editor'): Me {
  const roles = { acme: role, other: 'admin' } as const
  return { name: 'ann', auth: 'local', roles, customers: ['acme'], version: '1', token: 't' }
}

function show(query = '') {
  const route = parse(`#/sites/acme/shop${query}`)
  return render(<SitePage route={route} />)
}

describe("a site's page", () => {
  let weir: Answers

  beforeEach(() => {
    weir = new Answers()
    vi.stubGlobal('fetch', weir.fetching)
    me.value = known('editor')
  })

  afterEach(() => {
    cleanup()
    vi.unstubAllGlobals()
    me.value = null
  })

  it('shows markup in a name as text, and opens the site elsewhere without telling from where', async () => {
    show()
    const link = await screen.findByRole('link', { name: /Open/ })
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('The <b>shop</b>')
    expect(link.getAttribute('href')).toBe('https://shop.example.com/')
    expect(link.getAttribute('rel')).toBe('noreferrer')
  })

  it('makes no link of an endpoint that no browser opens', async () => {
    weir.site.endpoint = 'javascript:alert(1)'
    show()
    await screen.findByText('javascript:alert(1)')
    expect(screen.queryByRole('link', { name: /Open/ })).toBeNull()
  })

  it('pauses what is there now, under the condition that nobody changes it meanwhile', async () => {
    show()
    const button = await screen.findByRole('button', { name: 'Pause' })
    weir.site.version = 8
    fireEvent.click(button)
    const put = await waitFor(() => one(weir, 'PUT'))
    expect(put.path).toBe('sites/acme/shop')
    expect(put.headers.get('If-Match')).toBe('"8"')
    expect(put.body).toEqual({ ...weir.site.definition, enabled: false })
  })

  it('says what a refused pause was refused for', async () => {
    weir.refused['PUT sites/acme/shop'] = { status: 412, detail: 'shop has version 9 now' }
    show()
    fireEvent.click(await screen.findByRole('button', { name: 'Pause' }))
    expect((await screen.findByRole('alert')).textContent).toContain('shop has version 9 now')
  })

  it('names the site that is to be deleted, and says what stays', async () => {
    show()
    fireEvent.click(await screen.findByRole('button', { name: 'Delete' }))
    const dialog = await screen.findByRole('dialog', { name: /Delete The <b>shop/ })
    expect(dialog.textContent).toContain('Its results stay in the store')
    expect(weir.calls.some((call) => call.method === 'DELETE')).toBe(false)
    fireEvent.click(screen.getByRole('button', { name: 'Delete the site' }))
    const deleted = await waitFor(() => one(weir, 'DELETE'))
    expect(deleted.headers.get('If-Match')).toBe('"7"')
  })

  it('lets a viewer check, and change nothing', async () => {
    me.value = known('viewer')
    show()
    await screen.findByRole('button', { name: 'Check now' })
    for (const name of ['Pause', 'Delete']) {
      expect(screen.queryByRole('button', { name })).toBeNull()
    }
    expect(screen.queryByRole('link', { name: 'Edit' })).toBeNull()
  })

  it('shows a check at once with its reason, and says that it is not kept', async () => {
    weir.tried = {
      at_ms: Date.now(),
      up: false,
      status: 503,
      error_class: 'status',
      error: 'answered <i>503</i>',
      failed_expectation: 'status 200',
      latency_s: 0.25,
      certificate_days: null,
      address: '192.0.2.1',
      content_bytes: 12,
      attempts: 2,
      hops: [
        {
          url: 'https://shop.example.com/',
          status: 503,
          address: '192.0.2.1',
          phases_s: { ...NO_PHASES, wait: 0.25 },
        },
      ],
      requests: [],
    }
    const { container } = show()
    fireEvent.click(await screen.findByRole('button', { name: 'Check now' }))
    await screen.findByText(/This run is not kept/)
    const text = container.textContent
    expect(text).toContain('Unexpected status: answered <i>503</i>')
    expect(text).toContain('Expected: status 200')
    expect(screen.getByRole('table', { name: /Phases of https/ }).textContent).toContain('250 ms')
  })

  it('tells in full why a run failed', async () => {
    weir.results = [
      {
        at_ms: Date.now() - 60_000,
        region: 'local',
        outcome: 'down',
        latency_s: null,
        error_class: 'body_mismatch',
        error: 'the body begins with <html>',
        failed_expectation: 'body contains "ok"',
        phases_s: NO_PHASES,
        requests: 5,
        failed_requests: 5,
        attempts: 2,
        status: 200,
        latency_min_s: null,
        latency_max_s: null,
        latency_p50_s: null,
        latency_p95_s: null,
        schedule_lag_s: 0.01,
        certificate_days: 12,
        address: '192.0.2.1',
        content_bytes: 900,
      },
    ]
    show('?runs=down')
    fireEvent.click(await screen.findByRole('button', { name: /Details of the run/ }))
    expect(screen.getByText(/the body begins with <html>/)).toBeTruthy()
    expect(screen.getByText(/Expected: body contains "ok"/)).toBeTruthy()
    const asked = weir.calls.find((call) => call.path.endsWith('results'))
    expect(asked?.query.get('outcome')).toBe('down')
  })

  it('says that there is no such site, and leads to all of them', async () => {
    weir.refused['GET sites/acme/shop'] = { status: 404, detail: 'there is no such site' }
    show()
    await screen.findByText('There is no such site')
    expect(screen.getByRole('link', { name: 'All sites' }).getAttribute('href')).toBe('#/')
  })

  it('shows what it has where one part fails, with the reason in the place of that part', async () => {
    weir.refused['GET sites/acme/shop/series'] = { status: 503, detail: 'the store is busy' }
    show()
    expect((await screen.findByRole('alert')).textContent).toContain('the store is busy')
    await screen.findByText('None in this time.')
  })
})

describe('incidents', () => {
  it('that are open come first, each kind the newest first', () => {
    const of = (id: string, start_ms: number, end_ms: number | null) =>
      ({ id, start_ms, end_ms }) as Incident
    const sorted = openFirst([
      of('a', 40, 50),
      of('b', 30, null),
      of('c', 60, 70),
      of('d', 10, null),
    ])
    expect(sorted.map((each) => each.id)).toEqual(['b', 'd', 'c', 'a'])
  })
})
