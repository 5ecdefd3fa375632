// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Catalog, TableColumns } from '../../api/types'
import { ago } from '../../parts/format'
import type { Past } from './history'
import { labelsOf, measuresOf, Metrics } from './Metrics'
import { type Example, examples, isMetrics, keyOf, metricQuery, tellingCounter } from './queries'
import { Press } from './ResultPanel'
import { Tables } from './Tables'
import type { Described } from './useCatalog'

type Tab = 'Examples' | 'Metrics' | 'Tables' | 'History'

const TABS: readonly Tab[] = ['Examples', 'Metrics', 'Tables', 'History']

interface SideProps {
  catalog: Catalog
  described: Described
  past: readonly Past[]
  /** Writes a query and runs it. */
  onAsk: (sql: string) => void
  /** Writes a word where the caret is. */
  onWrite: (text: string) => void
}

/** What there is to ask, beside the editor. */
export function Side({ catalog, described, past, onAsk, onWrite }: SideProps) {
  const [tab, setTab] = useState<Tab>('Examples')
  const { columns } = described
  const tables = useMemo(() => inOrder(catalog, columns), [catalog, columns])
  const metrics = useMemo(() => tables.filter(isMetrics), [tables])
  const counters = useCounters(metrics)
  const pick = (example: Example) => {
    const { ask } = example
    if ('sql' in ask) {
      onAsk(ask.sql)
      return
    }
    labelsOf(ask.table, ask.metric).then(
      (labels) => onAsk(metricQuery(ask.table, ask.metric, labels.items)),
      () => onAsk(metricQuery(ask.table, ask.metric, [])),
    )
  }
  return (
    <>
      <div class="explore-tabs" role="group" aria-label="What to look through">
        {TABS.map((each) => (
          <Press key={each} on={tab === each} onClick={() => setTab(each)}>
            {each}
          </Press>
        ))}
      </div>
      <div class="explore-list">
        {tab === 'Examples' && <Examples items={examples(tables, counters)} onPick={pick} />}
        {tab === 'Metrics' &&
          (metrics.length > 0 ? (
            <Metrics tables={metrics} onAsk={onAsk} />
          ) : (
            <p class="explore-note">
              No table has metrics yet. <a href="#/connector">Connect Prometheus</a> to write some.
            </p>
          ))}
        {tab === 'Tables' && (
          <Tables catalog={catalog} described={described} onAsk={onAsk} onWrite={onWrite} />
        )}
        {tab === 'History' && <History past={past} onAsk={onAsk} />}
      </div>
    </>
  )
}

/** Tables whose columns are known, in the order of the catalog. */
function inOrder(catalog: Catalog, columns: Described['columns']): TableColumns[] {
  return catalog.databases.flatMap((database) =>
    database.tables.flatMap((table) => columns.get(`${database.name}.${table}`) ?? []),
  )
}

function Examples({ items, onPick }: { items: Example[]; onPick: (item: Example) => void }) {
  return items.length === 0 ? (
    <p class="explore-note">
      Examples appear with the first results of a check, and with the first metrics.
    </p>
  ) : (
    <ul>
      {items.map((item) => (
        <li key={`${item.name} ${item.about}`}>
          <button type="button" class="explore-item" onClick={() => onPick(item)}>
            <span>{item.name}</span>
            <span class="explore-type">{item.about}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function History({ past, onAsk }: { past: readonly Past[]; onAsk: (sql: string) => void }) {
  const now = Date.now()
  return past.length === 0 ? (
    <p class="explore-note">The last 20 queries that you run are kept here, in this browser.</p>
  ) : (
    <ul>
      {past.map((each) => (
        <li key={each.sql}>
          <button type="button" class="explore-item" onClick={() => onAsk(each.sql)}>
            <span class="explore-past code">{each.sql}</span>
            <span class="explore-type">{ago(each.at_ms, now)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** A counter of each table of metrics, for the example of a rate. */
function useCounters(tables: readonly { database: string; table: string }[]) {
  const [counters, setCounters] = useState<ReadonlyMap<string, string>>(new Map())
  const names = tables.map(keyOf).join(' ')
  useEffect(() => {
    const abort = new AbortController()
    for (const table of tables) {
      measuresOf({ ...table, columns: [] }, { q: '_total', limit: 1_000 }, abort.signal).then(
        (page) => {
          const name = tellingCounter(page.items.map((each) => each.name))
          if (name !== undefined) {
            setCounters((old) => new Map([...old, [keyOf(table), name]]))
          }
        },
        () => undefined, // one example fewer
      )
    }
    return () => abort.abort()
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the tables are their names
  }, [names])
  return counters
}
