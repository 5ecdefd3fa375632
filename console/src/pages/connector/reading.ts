// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Connector } from '../../api/types'

/** Spans of the history, as the server keeps them. */
const SPAN_S = 5

/** When each span of the history began, in epoch seconds; the last one ends now. */
export function spans(history: readonly unknown[], now_s: number): number[] {
  const end = Math.floor(now_s / SPAN_S) * SPAN_S
  return history.map((_, index) => end - (history.length - index) * SPAN_S)
}

/** Why samples are refused, in words; what is not known here is shown as it is spelled. */
export function reasonInWords(reason: string): string {
  return REASONS[reason] ?? reason.replaceAll('_', ' ')
}

const REASONS: Record<string, string> = {
  no_labels: 'series without labels',
  no_metric_name: 'series without a name',
  invalid_text: 'labels that are not UTF-8',
  reserved_name: 'a metric name with a reserved ending',
  long_name: 'a name over its limit',
  non_finite: 'values that are not finite',
  conflict: 'another value at the same series and time',
  too_old: 'older than what is kept',
  too_new: 'too far ahead of the clock',
  type: 'a measure of another type',
  name: 'a name that the store does not take',
  limit: 'over a limit',
}

interface PathCount {
  path: string
  all: number
  failed: number
}

/** Requests by path of the doors that are not the console's, the busiest first. */
export function paths({ requests, doors }: Pick<Connector, 'requests' | 'doors'>): PathCount[] {
  const shown = new Set([...doors.map((door) => door.path), ...SHORT_PATHS])
  const by = new Map<string, PathCount>()
  for (const { path, status, count } of requests.filter((each) => shown.has(each.path))) {
    const entry = by.get(path) ?? { path, all: 0, failed: 0 }
    entry.all += count
    entry.failed += status.startsWith('2') ? 0 : count
    by.set(path, entry)
  }
  return [...by.values()].sort((one, other) => other.all - one.all)
}

/** Where the AWS connector takes samples and is asked for them. */
const SHORT_PATHS = ['/write', '/read']
