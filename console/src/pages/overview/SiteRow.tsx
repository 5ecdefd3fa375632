// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReadonlySignal } from '@preact/signals'
import { memo } from 'preact/compat'
import type { OverviewItem } from '../../api/types'
import { BarStrip } from '../../parts/BarStrip'
import { milliseconds } from '../../parts/format'
import { Sparkline } from '../../parts/Sparkline'
import { State } from '../../parts/State'
import { Certificate, Checked, Since, Uptime } from './figures'
import type { Naming } from './naming'
import { SiteTitle } from './SiteTitle'
import { briefly, reasonOf } from './reason'

/** A site in one line of the table. */
export const SiteRow = memo(function SiteRow({
  site,
  naming,
  current,
}: {
  site: ReadonlySignal<OverviewItem>
  naming: Naming
  current: boolean
}) {
  const item = site.value
  return (
    <>
      <span role="cell" class="overview-state">
        <State state={item.state} />
        {item.since_ms !== null && item.state !== 'up' && (
          <span class="overview-since">
            for <Since at_ms={item.since_ms} />
          </span>
        )}
      </span>
      <SiteName item={item} naming={naming} current={current} />
      <span role="cell" class="overview-strip">
        {item.runs === null ? (
          <span class="overview-none">No run yet</span>
        ) : (
          <BarStrip runs={item.runs} reachable={current} />
        )}
      </span>
      <span role="cell" class="overview-figure overview-day">
        <Uptime share={item.uptime.day} />
      </span>
      <span role="cell" class="overview-figure overview-week">
        <Uptime share={item.uptime.week} />
      </span>
      <span role="cell" class="overview-figure overview-month">
        <Uptime share={item.uptime.month} />
      </span>
      <span role="cell" class="overview-figure overview-p50">
        {milliseconds(item.p50_ms)}
      </span>
      <span role="cell" class="overview-figure overview-p95">
        {milliseconds(item.p95_ms)}
      </span>
      <span role="cell" class="overview-spark">
        <Sparkline values={item.hourly_ms} label="Mean latency by the hour, 24 h" />
      </span>
      <span role="cell" class="overview-figure overview-certificate">
        <Certificate days={item.certificate_days} />
      </span>
      <span role="cell" class="overview-figure overview-checked">
        <Checked item={item} />
      </span>
    </>
  )
})

/** The name, which is a link all over the row, and below it the endpoint, or what is wrong. */
function SiteName({
  item,
  naming,
  current,
}: {
  item: OverviewItem
  naming: Naming
  current: boolean
}) {
  const reason = reasonOf(item)
  return (
    <span role="rowheader" class="overview-site">
      <span class="overview-title">
        <SiteTitle item={item} naming={naming} current={current} />
        {reason !== null && <span class="overview-aside">{item.endpoint}</span>}
      </span>
      {reason === null ? (
        <span class="overview-endpoint" title={item.endpoint}>
          {item.endpoint}
        </span>
      ) : (
        <span class={`overview-reason overview-reason-${item.state}`} dir="auto" title={reason}>
          {briefly(reason)}
        </span>
      )}
    </span>
  )
}
