// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Catalog } from '../../api/types'
import type { Described } from './useCatalog'
import { rowsQuery } from './queries'
import { quoted } from './tokens'

/** Databases, their tables, their columns. */
export function Tables({
  catalog,
  described,
  onAsk,
  onWrite,
}: {
  catalog: Catalog
  described: Described
  onAsk: (sql: string) => void
  onWrite: (text: string) => void
}) {
  return (
    <ul class="explore-tree">
      {catalog.databases.map((database) => (
        <li key={database.name}>
          <p class="explore-database">{database.name}</p>
          {database.tables.length === 0 && <p class="explore-note">No tables.</p>}
          <ul>
            {database.tables.map((table) => (
              <li key={table}>
                <Table
                  database={database.name}
                  table={table}
                  described={described}
                  onAsk={onAsk}
                  onWrite={onWrite}
                />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

function Table({
  database,
  table,
  described,
  onAsk,
  onWrite,
}: {
  database: string
  table: string
  described: Described
  onAsk: (sql: string) => void
  onWrite: (text: string) => void
}) {
  const name = `${quoted(database)}.${quoted(table)}`
  const columns = described.columns.get(`${database}.${table}`)?.columns
  return (
    <details onToggle={() => described.want(database, table)}>
      <summary>{table}</summary>
      <button type="button" class="explore-item" onClick={() => onAsk(rowsQuery(name))}>
        Newest rows
      </button>
      {columns === undefined ? (
        <p class="explore-note">Loading its columns …</p>
      ) : (
        <ul>
          {columns.map((column) => (
            <li key={column.name}>
              <button
                type="button"
                class="explore-item"
                title="Write it into the query"
                onClick={() => onWrite(quoted(column.name))}
              >
                <span class="code">{column.name}</span>
                <span class="explore-type">
                  {column.type}
                  {column.kind === 'dimension' && ', dimension'}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}
