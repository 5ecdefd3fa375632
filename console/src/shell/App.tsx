// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentType } from 'preact'
import { lazy, Suspense } from 'preact/compat'
import { Frame } from './Frame'
import { NoPage } from './NoPage'
import { pageAt, type PageName } from './pages'
import { route, type Route } from './route'

export interface PageProps {
  route: Route
}

const PAGES: Record<PageName, ComponentType<PageProps>> = {
  overview: lazy(() => import('../pages/overview/OverviewPage')),
  site: lazy(() => import('../pages/site/SitePage')),
  edit: lazy(() => import('../pages/edit/EditPage')),
  import: lazy(() => import('../pages/edit/ImportPage')),
  explore: lazy(() => import('../pages/explore/ExplorePage')),
  connector: lazy(() => import('../pages/connector/ConnectorPage')),
}

/** The console. */
export function App() {
  const at = route.value
  const name = pageAt(at.segments)
  const Page = name === null ? NoPage : PAGES[name]
  return (
    <Frame>
      <Suspense fallback={<p class="visually-hidden">Loading</p>}>
        <Page key={at.segments.join('/')} route={at} />
      </Suspense>
    </Frame>
  )
}
