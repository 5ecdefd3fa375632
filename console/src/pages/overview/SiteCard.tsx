// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReadonlySignal } from '@preact/signals'
import { memo } from 'preact/compat'
import type { OverviewItem } from '../../api/types'
import { BarStrip } from '../../parts/BarStrip'
import { milliseconds } from '../../parts/format'
import { State } from '../../parts/State'
import { Certificate, Checked, Since, Uptime, warnsOfCertificate } from './figures'
import type { Naming } from './naming'
import { SiteTitle } from './SiteTitle'
import { briefly, reasonOf } from './reason'

/** A site as a card: for phones, and for those who like to see fewer at a time. */
export const SiteCard = memo(function SiteCard({
  site,
  naming,
  current,
}: {
  site: ReadonlySignal<OverviewItem>
  naming: Naming
  current: boolean
}) {
  const item = site.value
  const reason = reasonOf(item)
  return (
    <>
      <span class="overview-card-top">
        <State state={item.state} />
        {item.since_ms !== null && item.state !== 'up' && (
          <span class="overview-since">
            for <Since at_ms={item.since_ms} />
          </span>
        )}
        {warnsOfCertificate(item) && <Certificate days={item.certificate_days} long />}
        <span class="overview-card-checked">
          <Checked item={item} />
        </span>
      </span>
      <span class="overview-title">
        <SiteTitle item={item} naming={naming} current={current} />
      </span>
      {reason === null ? (
        <span class="overview-endpoint">{item.endpoint}</span>
      ) : (
        <span class={`overview-reason overview-reason-${item.state}`} dir="auto" title={reason}>
          {briefly(reason)}
        </span>
      )}
      <span class="overview-strip">
        {item.runs === null ? (
          <span class="overview-none">No run yet</span>
        ) : (
          <BarStrip runs={item.runs} reachable={current} />
        )}
      </span>
      <Figures item={item} />
    </>
  )
})

function Figures({ item }: { item: OverviewItem }) {
  return (
    <dl class="overview-card-figures">
      {(['day', 'week', 'month'] as const).map((span) => (
        <div key={span}>
          <dt>{SPANS[span]}</dt>
          <dd>
            <Uptime share={item.uptime[span]} />
          </dd>
        </div>
      ))}
      <div>
        <dt>p50</dt>
        <dd>{milliseconds(item.p50_ms)}</dd>
      </div>
      <div>
        <dt>p95</dt>
        <dd>{milliseconds(item.p95_ms)}</dd>
      </div>
    </dl>
  )
}

const SPANS = { day: '24 h, %', week: '7 d, %', month: '30 d, %' }
