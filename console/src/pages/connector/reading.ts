// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Connector } from '../../api/types'
import { duration } from '../../parts/format'

/** Between two looks, as the server takes them. */
const LOOK_S = 5

/** When each rate of the history was taken, in epoch seconds; the last one just now. */
export function looks(history: readonly unknown[], now_s: number): number[] {
  const last = Math.floor(now_s / LOOK_S) * LOOK_S
  return history.map((_, index) => last - (history.length - 1 - index) * LOOK_S)
}

/** Said where no writer is listed. */
export function nobodyWrites(ownEvery_s: number | null): string {
  const who =
    ownEvery_s === null
      ? 'Nobody has written in the last hour.'
      : `Only Weir itself writes: its own metrics, every ${duration(ownEvery_s)}.`
  return `${who} To send yours, copy the lines of this page into your prometheus.yml.`
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
