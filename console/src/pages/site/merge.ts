// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Result, ResultsPage } from '../../api/types'

/** One run of one region. */
export function keyOf(result: Result): string {
  return `${result.at_ms}/${result.region}`
}

/**
 * The first page as it is now, before the pages that were read after the first one. Where the new
 * page does not reach the old ones, something would be left out between them: then it stands alone.
 */
export function withHead(old: ResultsPage | null, head: ResultsPage): ResultsPage {
  const last = head.items[head.items.length - 1]
  if (old === null || last === undefined || head.next === null) {
    return head
  }
  const at = old.items.findIndex((each) => keyOf(each) === keyOf(last))
  const rest = old.items.slice(at + 1)
  return at < 0 || rest.length === 0 ? head : { items: [...head.items, ...rest], next: old.next }
}

/** With the page after the last one; what is in both is there once. */
export function withTail(old: ResultsPage, page: ResultsPage): ResultsPage {
  const known = new Set(old.items.map(keyOf))
  return {
    items: [...old.items, ...page.items.filter((each) => !known.has(keyOf(each)))],
    next: page.next,
  }
}
