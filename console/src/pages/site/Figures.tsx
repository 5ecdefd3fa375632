// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import type { OverviewItem, SiteDocument, SiteSeries } from '../../api/types'
import { causeInWords } from '../../parts/causes'
import { ago, certificate, duration, latency, moment, percent } from '../../parts/format'

/** A certificate with fewer days left than this is worth a look. */
const CERTIFICATE_DAYS_FEW = 14

/** The figures that are looked for first, in a line. */
export function Figures({
  item,
  series,
  site,
  shown,
  now_ms,
}: {
  item: OverviewItem | null
  series: SiteSeries | null
  site: SiteDocument
  /** What the range is called: 24 h. */
  shown: string
  now_ms: number | null
}) {
  const total = series?.total
  const now = now_ms ?? Date.now()
  const days = item?.certificate_days ?? null
  return (
    <dl class="site-figures">
      <Figure name="Up, 24 h">{percent(item?.uptime.day ?? null)}</Figure>
      <Figure name="Up, 7 d">{percent(item?.uptime.week ?? null)}</Figure>
      <Figure name="Up, 30 d">{percent(item?.uptime.month ?? null)}</Figure>
      <Figure name={`p50, ${shown}`}>{latency(total?.latency_p50_s ?? null)}</Figure>
      <Figure name={`p95, ${shown}`}>{latency(total?.latency_p95_s ?? null)}</Figure>
      <Figure name={`p99, ${shown}`}>{latency(total?.latency_p99_s ?? null)}</Figure>
      <Figure
        name="Certificate"
        tone={
          days === null ? '' : days < 1 ? 'down' : days < CERTIFICATE_DAYS_FEW ? 'doubtful' : ''
        }
      >
        {certificate(days)}
      </Figure>
      <Figure name="Last run">
        {item?.runs == null ? (
          '–'
        ) : (
          <span title={moment(item.runs.last_ms)}>{ago(item.runs.last_ms, now)}</span>
        )}
      </Figure>
      {item?.since_ms != null && (
        <Figure name="Open incident" tone="down">
          <span title={moment(item.since_ms)}>for {duration((now - item.since_ms) / 1000)}</span>
        </Figure>
      )}
      {site.state !== 'up' && item?.error != null && (
        <div class="site-error">
          <dt>{causeInWords(item.error_class) || 'Last failure'}</dt>
          <dd>{item.error}</dd>
        </div>
      )}
    </dl>
  )
}

function Figure({
  name,
  tone = '',
  children,
}: {
  name: string
  tone?: '' | 'down' | 'doubtful'
  children: ComponentChildren
}) {
  return (
    <div class={tone === '' ? '' : `site-figure-${tone}`}>
      <dt>{name}</dt>
      <dd class="number">{children}</dd>
    </div>
  )
}
