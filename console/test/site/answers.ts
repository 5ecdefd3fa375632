// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Result, SiteDocument, TriedRun } from '../../src/api/types'

export interface Call {
  method: string
  path: string
  query: URLSearchParams
  headers: Headers
  body: unknown
}

/** Weir, as far as a site's page asks it: answers by method and path, and what was asked. */
export class Answers {
  readonly calls: Call[] = []
  readonly site: SiteDocument = {
    id: 'shop',
    customer: 'acme',
    name: 'The <b>shop</b>',
    group: '',
    endpoint: 'https://shop.example.com/',
    state: 'up',
    interval_s: 60,
    regions: ['local'],
    version: 7,
    definition: { id: 'shop', endpoint: 'https://shop.example.com/', interval: '1m' },
  }
  results: Partial<Result>[] = []
  tried: Partial<TriedRun> = {}
  refused: Record<string, { status: number; detail: string }> = {}

  readonly fetching = (input: string | URL | Request, given?: RequestInit): Promise<Response> => {
    const url = new URL(input as string, 'http://weir.test')
    const path = url.pathname.replace('/api/v1/', '')
    const method = given?.method ?? 'GET'
    this.calls.push({
      method,
      path,
      query: url.searchParams,
      headers: new Headers(given?.headers),
      body: typeof given?.body === 'string' ? (JSON.parse(given.body) as unknown) : null,
    })
    const refused = this.refused[`${method} ${path}`]
    if (refused !== undefined) {
      return Promise.resolve(
        Response.json({ title: 'no', kind: 'x', ...refused }, { status: refused.status }),
      )
    }
    if (method === 'DELETE') {
      return Promise.resolve(new Response(null, { status: 204 }))
    }
    return Promise.resolve(Response.json(this.answer(path)))
  }

  private answer(path: string): unknown {
    switch (path) {
      case 'sites/acme/shop':
        return this.site
      case 'overview':
        return { items: [], next: null, counts: {}, now_ms: Date.now() }
      case 'sites/acme/shop/results':
        return { items: this.results, next: null }
      case 'sites/acme/shop/check':
        return this.tried
      case 'sites/acme/shop/series':
        return { total: { runs: 0, failed: 0, missed: 0 } }
      case 'incidents':
        return { items: [], next: null }
      default:
        throw new Error(`nobody asks for ${path}`)
    }
  }
}

/** The call by this method; it must be there. */
export function one(weir: Answers, method: string): Call {
  const found = weir.calls.find((call) => call.method === method)
  if (found === undefined) {
    throw new Error(`nothing was asked by ${method}`)
  }
  return found
}
