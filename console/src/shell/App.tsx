// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentType } from 'preact'
import { lazy, Suspense } from 'preact/compat'
import { Frame } from './Frame'
import { route, type Route } from './route'

export interface PageProps {
  route: Route
}

const overview = lazy(() => import('../pages/overview/OverviewPage'))
const site = lazy(() => import('../pages/site/SitePage'))
const edit = lazy(() => import('../pages/edit/EditPage'))
const importing = lazy(() => import('../pages/edit/ImportPage'))
const explore = lazy(() => import('../pages/explore/ExplorePage'))
const connector = lazy(() => import('../pages/connector/ConnectorPage'))

/** Which page an address names: #/ overview, #/sites/C/ID, #/sites/C/ID/edit, #/add, #/import, ... */
function pageOf(segments: string[]): ComponentType<PageProps> {
  switch (segments[0]) {
    case 'sites':
      return segments[3] === 'edit' ? edit : segments.length >= 3 ? site : overview
    case 'add':
      return edit
    case 'import':
      return importing
    case 'explore':
      return explore
    case 'connector':
      return connector
    default:
      return overview
  }
}

/** The console. */
export function App() {
  const at = route.value
  const Page = pageOf(at.segments)
  return (
    <Frame>
      <Suspense fallback={<p class="visually-hidden">Loading</p>}>
        <Page key={at.segments.join('/')} route={at} />
      </Suspense>
    </Frame>
  )
}
