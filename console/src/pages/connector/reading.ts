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

/** Requests by path, the busiest first, with how many of them failed. */
export function paths(
  requests: Connector['requests'],
): { path: string; all: number; failed: number }[] {
  const by = new Map<string, { path: string; all: number; failed: number }>()
  for (const { path, status, count } of requests) {
    const entry = by.get(path) ?? { path, all: 0, failed: 0 }
    entry.all += count
    entry.failed += status.startsWith('2') || status === '304' ? 0 : count
    by.set(path, entry)
  }
  return [...by.values()].sort((one, other) => other.all - one.all)
}

/** The address of this Weir, as others reach it. */
export function baseOf(api: string, here: string): string {
  return new URL(api, here).href.replace(/\/api\/v1\/$/, '')
}
