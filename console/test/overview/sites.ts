// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { OverviewItem } from '../../src/api/types'
import { choiceOf, type Choice } from '../../src/pages/overview/choice'

/** A site that is well, but for what is said. */
export function site(id: string, more: Partial<OverviewItem> = {}): OverviewItem {
  return {
    id,
    customer: 'acme',
    name: id,
    group: '',
    endpoint: `https://${id}.example.com/`,
    state: 'up',
    interval_s: 60,
    regions: ['here'],
    runs: null,
    uptime: { day: 1, week: 1, month: 1 },
    p50_ms: 20,
    p95_ms: 40,
    hourly_ms: [],
    certificate_days: null,
    error: null,
    error_class: null,
    since_ms: null,
    ...more,
  }
}

export function choice(query = ''): Choice {
  return choiceOf(new URLSearchParams(query))
}
