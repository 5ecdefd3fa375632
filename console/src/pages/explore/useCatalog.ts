// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../api/client'
import type { Catalog, TableColumns } from '../../api/types'
import { type Loaded, useLoaded } from '../../api/use'
import { tablesIn } from './complete'

/** Tables whose columns are asked for at once; others when they are opened or named. */
const AHEAD_MAX = 20

/** How often new tables are looked for. */
const EVERY_MS = 60_000

export interface Described {
  catalog: Loaded<Catalog>
  columns: ReadonlyMap<string, TableColumns>
  /** Asks for the columns of a table, if they are not known. */
  want: (database: string, table: string) => void
}

/** What there is, and the columns of what somebody looks at. */
export function useCatalog(sql: string): Described {
  const catalog = useLoaded<Catalog>('catalog', (signal) => ask('catalog', { signal }), EVERY_MS)
  const [columns, setColumns] = useState<ReadonlyMap<string, TableColumns>>(new Map())
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set())
  const want = (database: string, table: string) => {
    const key = `${database}/${table}`
    if (!wanted.has(key)) {
      setWanted(new Set([...wanted, key]))
      const path = `catalog/${encodeURIComponent(database)}/${encodeURIComponent(table)}`
      ask<TableColumns>(path).then(
        (found) => setColumns((old) => new Map([...old, [`${database}.${table}`, found]])),
        () => undefined, // suggestions are a convenience
      )
    }
  }
  const ahead = (catalog.data?.databases ?? [])
    .flatMap((each) => each.tables.map((table): [string, string] => [each.name, table]))
    .slice(0, AHEAD_MAX)
  const next = [...ahead, ...tablesIn(sql, catalog.data)].find(
    ([database, table]) => !wanted.has(`${database}/${table}`),
  )
  useEffect(() => {
    if (next !== undefined) {
      want(next[0], next[1])
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- one after the other
  }, [next?.join('/')])
  return { catalog, columns, want }
}
