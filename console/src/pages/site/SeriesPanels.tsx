// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { SiteDocument, SiteSeries } from '../../api/types'
import type { Loaded } from '../../api/use'
import { Awaited, Empty } from '../../parts/Placeholder'
import { go, href, route } from '../../shell/route'
import { Availability } from './Availability'
import { PhaseChart } from './PhaseChart'
import { queryOf, type Range, zoomed } from './range'
import { Regions } from './Regions'
import { useKept } from './useSeries'

/** What the series of a range shows: phases over time, availability, and the regions. */
export function SeriesPanels({
  path,
  series,
  site,
  range,
  region,
}: {
  path: string
  series: Loaded<SiteSeries>
  site: SiteDocument
  range: Range
  region: string
}) {
  const { data, old } = useKept(path, series)
  if (data === null) {
    return (
      <section class="panel">
        <h2>Latency</h2>
        <Awaited {...series} rows={5} />
      </section>
    )
  }
  if (data.total.runs === 0 && data.total.missed === 0) {
    return (
      <section class="panel">
        <Empty title="No runs in this time">
          <p>{whyNone(site, range)}</p>
        </Empty>
      </section>
    )
  }
  const zoom = (from_s: number, to_s: number) => show(from_s, to_s, site.interval_s, range)
  return (
    <div class={old ? 'site-series site-old' : 'site-series'} aria-busy={old}>
      <PhaseChart series={data} zoom={zoom} />
      <Availability series={data} zoom={zoom} />
      {site.regions.length > 1 && <Regions series={data} region={region} />}
    </div>
  )
}

/** A marked range is a step of its own in the history, so that going back goes back to before it. */
function show(from_s: number, to_s: number, interval_s: number, range: Range) {
  const { segments, query } = route.value
  const { from_ms, to_ms } = zoomed(from_s, to_s, interval_s)
  const was = range.kind === 'last' ? range.name : query.get('was')
  go(
    href(segments, {
      ...Object.fromEntries(query),
      ...queryOf(from_ms, to_ms),
      range: undefined,
      was: was ?? undefined,
    }),
  )
}

function whyNone(site: SiteDocument, range: Range): string {
  if (site.state === 'disabled') {
    return 'The site is paused. Resume it, or look at an earlier time.'
  }
  if (site.state === 'unknown') {
    return 'It has not been checked yet. Its first run comes within its interval; this page shows it by itself.'
  }
  return range.kind === 'last' ? 'Choose a longer time.' : 'Choose another time.'
}
