// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useRef } from 'preact/hooks'
import { ask } from '../../api/client'
import type { SiteSeries } from '../../api/types'
import { type Loaded, useLoaded } from '../../api/use'
import { type Range, windowOf } from './range'

let ahead_ms = 0

/** What the server's clock says: the viewer's may be wrong, and runs carry the server's times. */
export function serverNow(): number {
  return Date.now() + ahead_ms
}

/** Learns the server's clock from an answer. */
export function learnNow(now_ms: number): void {
  ahead_ms = now_ms - Date.now()
}

/** The same text for the same range, whenever it is looked at. */
export function rangeKey(range: Range): string {
  return range.kind === 'last' ? range.name : `${range.from_ms}-${range.to_ms}`
}

export interface Asking {
  path: string
  range: Range
  region: string
  interval_s: number
  every_ms: number
}

/**
 * What is there, or what was there before another question was asked of the same site: it stays until
 * the answer comes, so that nothing jumps. What failed is not covered up by it.
 */
export function useKept<T>(path: string, { data, failure }: Pick<Loaded<T>, 'data' | 'failure'>) {
  const kept = useRef<{ path: string; data: T } | null>(null)
  if (data !== null) {
    kept.current = { path, data }
    return { data, old: false }
  }
  const before = failure === null && kept.current?.path === path ? kept.current.data : null
  return { data: before, old: before !== null }
}

/** The series of a range, asked for again as it goes on. */
export function useSeries({
  path,
  range,
  region,
  interval_s,
  every_ms,
}: Asking): Loaded<SiteSeries> {
  return useLoaded<SiteSeries>(
    `series ${path} ${rangeKey(range)} ${region} ${interval_s}`,
    (signal) => {
      const { from_ms, to_ms, points } = windowOf(range, interval_s, serverNow())
      const query = { from: from_ms, to: to_ms, points, region }
      return ask(`${path}/series`, { query, signal })
    },
    every_ms,
  )
}
