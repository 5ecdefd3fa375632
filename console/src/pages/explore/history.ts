// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

// The last queries that ran, in this browser alone.

const KEY = 'weir.queries'

/** Queries that are kept. */
export const KEPT_MAX = 20

/** Longer ones are not kept: a browser has some megabytes for all of a site. */
const KEPT_CHARACTERS_MAX = 20_000

export interface Past {
  sql: string
  at_ms: number
}

export function past(): Past[] {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '[]') as unknown
    return Array.isArray(kept) ? kept.filter(isPast).slice(0, KEPT_MAX) : []
  } catch {
    return []
  }
}

/** Puts a query first; one that is there already moves. */
export function remember(sql: string, at_ms: number): Past[] {
  const text = sql.trim()
  const others = past().filter((each) => each.sql !== text)
  const kept =
    text === '' || text.length > KEPT_CHARACTERS_MAX
      ? others
      : [{ sql: text, at_ms }, ...others].slice(0, KEPT_MAX)
  try {
    localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    // Full or forbidden: the history is a convenience.
  }
  return kept
}

function isPast(value: unknown): value is Past {
  const each = value as Partial<Past> | null
  return typeof each?.sql === 'string' && typeof each.at_ms === 'number'
}
