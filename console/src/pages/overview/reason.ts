// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { OverviewItem } from '../../api/types'

const REQUESTS = /^(\d+) of (\d+) requests failed\b.*?; the first: (.+)$/s

/** Why a site is not up, in words; null while it is, or where nothing is known. */
export function reasonOf(item: OverviewItem): string | null {
  return item.state === 'up' || item.error === null || item.error === '' ? null : item.error
}

/** The same with what matters at its beginning: a row has room for no more than that. */
export function briefly(reason: string): string {
  const [, failed, requests, first] = REQUESTS.exec(reason) ?? []
  const text = (first ?? reason).replace(/^the /, 'The ')
  return first === undefined || failed === '1'
    ? text
    : `${text} (${failed ?? ''} of ${requests ?? ''} requests)`
}
