// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useMemo } from 'preact/hooks'
import './overview.css'
import './list.css'
import { me, mustSignIn } from '../../api/client'
import { Button } from '../../parts/Button'
import { Empty, Failed, Loading } from '../../parts/Placeholder'
import type { PageProps } from '../../shell/App'
import { setQuery } from '../../shell/route'
import { useTitle } from '../../shell/title'
import { Welcome } from '../welcome/Welcome'
import { countsOf } from './board'
import { choiceOf, narrows, queryOf, type Choice } from './choice'
import { matching } from './arrange'
import { useClock } from './clock'
import type { Naming } from './naming'
import { News } from './News'
import { SiteList } from './SiteList'
import { live } from './store'
import { Chips, Tools } from './Tools'
import { Turns } from './Turns'
import { useLive } from './useLive'

/** Every site at a glance, what is wrong first. */
export default function OverviewPage({ route }: PageProps) {
  useLive()
  useClock()
  const items = live.board.all.value
  const counted = useMemo(() => countsOf(items), [items])
  const counts = live.complete.value ? counted : (live.counts.value ?? counted)
  useTitle(counts.down > 0 ? `${counts.down} down · Sites` : 'Sites')
  const failure = live.failure.value
  if (items.length === 0 && !live.complete.value) {
    return (
      <>
        <header class="overview-header">
          <h1>Sites</h1>
        </header>
        {failure === null || mustSignIn.value ? (
          <Loading rows={8} />
        ) : (
          <Failed failure={failure} again={() => live.again()} />
        )}
      </>
    )
  }
  return items.length === 0 ? <Welcome /> : <Sites items={items} counts={counts} route={route} />
}

function Sites({
  items,
  counts,
  route,
}: {
  items: typeof live.board.all.value
  counts: ReturnType<typeof countsOf>
  route: PageProps['route']
}) {
  const query = route.query.toString()
  const choice = useMemo(() => choiceOf(new URLSearchParams(query)), [query])
  const groups = useMemo(() => distinct(items.map((item) => item.group)), [items])
  const customers = useMemo(() => distinct(items.map((item) => item.customer)), [items])
  const several = customers.length > 1 && choice.customer === null
  const group =
    groups.length < 2 || choice.group !== null ? 'never' : choice.grouped ? 'failing' : 'always'
  const naming = useMemo<Naming>(() => ({ customer: several, group }), [several, group])
  const none = useMemo(() => !items.some(matching(choice)), [items, choice])
  return (
    <>
      <header class="overview-header">
        <h1>Sites</h1>
        <Chips counts={counts} choice={choice} />
        <News />
        {mayEdit() && (
          <>
            <a class="button overview-import" href="#/import">
              Import
            </a>
            <a class="button button-main" href="#/add">
              Add a site
            </a>
          </>
        )}
      </header>
      <Turns items={items} />
      <Tools choice={choice} groups={groups} customers={customers} />
      {none ? (
        <Nothing choice={choice} />
      ) : (
        <SiteList items={items} choice={choice} naming={naming} />
      )}
    </>
  )
}

function Nothing({ choice }: { choice: Choice }) {
  const all: Partial<Choice> = { text: '', states: [], group: null, customer: null }
  return (
    <Empty title="No site is like that">
      {!live.complete.value && <p>Some have not been loaded yet.</p>}
      {narrows(choice) && <Button onClick={() => setQuery(queryOf(all))}>Show all sites</Button>}
    </Empty>
  )
}

function distinct(names: string[]): string[] {
  return [...new Set(names)].sort((a, b) => a.localeCompare(b))
}

/** Whether the caller may change the sites of any customer. */
function mayEdit(): boolean {
  return Object.values(me.value?.roles ?? {}).some((role) => role !== 'viewer')
}
