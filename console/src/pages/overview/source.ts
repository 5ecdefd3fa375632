// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { send } from '../../api/client'
import type { Change, Overview } from '../../api/types'
import { jsonLines } from './lines'

/** Where the board's news come from. */
export interface Source {
  /** A page of all sites; null where it is as it was under that ETag. */
  page(after: string | null, etag: string | null, signal: AbortSignal): Promise<Page | null>
  /** What has changed since a time of the server, and changes until the connection ends. */
  changes(since_ms: number | null, signal: AbortSignal): AsyncIterable<Change>
}

export interface Page {
  overview: Overview
  etag: string | null
}

/** So many sites are shown before the rest has come. */
const PAGE_SITES = 500

export const api: Source = {
  async page(after, etag, signal) {
    const response = await send('overview', {
      query: { limit: PAGE_SITES, after: after ?? undefined },
      headers: etag === null ? {} : { 'If-None-Match': etag },
      signal,
    })
    if (response.status === 304) {
      return null
    }
    const overview = (await response.json()) as Overview
    return { overview, etag: response.headers.get('ETag') }
  },

  async *changes(since_ms, signal) {
    const response = await send('changes', {
      query: { since: since_ms ?? undefined },
      headers: { Accept: 'application/x-ndjson' },
      signal,
    })
    if (response.body === null) {
      throw new Error('this browser reads no streams')
    }
    yield* jsonLines<Change>(response.body)
  },
}
