// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'preact/hooks'
import { ask, Refusal } from '../../api/client'
import type { Overview, SiteDocument } from '../../api/types'
import { type Loaded, useLoaded } from '../../api/use'
import { Notice } from '../../parts/Notice'
import { Empty, Failed, Loading } from '../../parts/Placeholder'
import type { PageProps } from '../../shell/App'
import { useTitle } from '../../shell/title'
import { CheckNow } from './CheckNow'
import { Figures } from './Figures'
import { Freshness } from './Freshness'
import { Incidents } from './Incidents'
import { RangeBar } from './RangeBar'
import { everyOf, rangeOf, wordsOf } from './range'
import { Runs } from './Runs'
import { SeriesPanels } from './SeriesPanels'
import './site.css'
import { SiteHead } from './SiteHead'
import { learnNow, serverNow, useSeries } from './useSeries'

/** How often the site's own definition and state are asked for. */
const SITE_EVERY_MS = 15_000

/** All about one site. */
export default function SitePage({ route }: PageProps) {
  const customer = route.segments[1] ?? ''
  const id = route.segments[2] ?? ''
  const path = `sites/${encodeURIComponent(customer)}/${encodeURIComponent(id)}`
  const site = useLoaded<SiteDocument>(path, (signal) => ask(path, { signal }), SITE_EVERY_MS)
  useTitle(site.data?.name ?? id)
  if (site.data === null) {
    if (site.failure === null) {
      return (
        <>
          <h1 class="visually-hidden">{id}</h1>
          <Loading rows={6} />
        </>
      )
    }
    if (gone(site.failure)) {
      return (
        <>
          <h1 class="visually-hidden">{id}</h1>
          <Empty title="There is no such site">
            <p>
              Weir has no site {id} of customer {customer}, or you may not see it.
            </p>
            <a class="button" href="#/">
              All sites
            </a>
          </Empty>
        </>
      )
    }
    return <Failed failure={site.failure} again={site.again} />
  }
  return <Site path={path} site={site} data={site.data} query={route.query} />
}

function Site({
  path,
  site,
  data,
  query,
}: {
  path: string
  site: Loaded<SiteDocument>
  data: SiteDocument
  query: URLSearchParams
}) {
  const [checking, setChecking] = useState(0)
  const range = rangeOf(query)
  const region = data.regions.includes(query.get('region') ?? '') ? (query.get('region') ?? '') : ''
  const every_ms = everyOf(range, data.interval_s, serverNow())
  const name = `${data.customer}/${data.id}`
  const overview = useLoaded<Overview>(
    `overview ${name}`,
    async (signal) => {
      const answer = await ask<Overview>('overview', { query: { site: name }, signal })
      learnNow(answer.now_ms)
      return answer
    },
    every_ms === 0 ? SITE_EVERY_MS : every_ms,
  )
  const series = useSeries({ path, range, region, interval_s: data.interval_s, every_ms })
  const item = overview.data?.items[0] ?? null
  return (
    <article class="site">
      <SiteHead
        path={path}
        site={data}
        changed={() => {
          site.again()
          overview.again()
        }}
        check={() => setChecking((old) => old + 1)}
      />
      {gone(site.failure) && (
        <Notice kind="warning">
          This site has been deleted, or you may not see it any more. What is shown is what was
          there.
        </Notice>
      )}
      {checking > 0 && <CheckNow key={checking} path={path} close={() => setChecking(0)} />}
      <Figures
        item={item}
        series={series.data}
        site={data}
        shown={wordsOf(range)}
        now_ms={overview.data?.now_ms ?? null}
      />
      <RangeBar range={range} region={region} regions={data.regions} was={query.get('was')}>
        <Freshness failure={staleBy(site, overview, series)} at_ms={series.at_ms} />
      </RangeBar>
      <SeriesPanels path={path} series={series} site={data} range={range} region={region} />
      <Incidents customer={data.customer} id={data.id} every_ms={SITE_EVERY_MS} />
      <Runs
        path={path}
        range={range}
        region={region}
        outcome={query.get('runs') ?? ''}
        interval_s={data.interval_s}
        every_ms={every_ms}
      />
    </article>
  )
}

/** Why something is shown that may be old: whatever has no data says so in its own place. */
function staleBy(...loaded: Loaded<unknown>[]): Error | null {
  return loaded.find((each) => each.data !== null && each.failure !== null)?.failure ?? null
}

function gone(failure: Error | null): boolean {
  return failure instanceof Refusal && failure.status === 404
}
