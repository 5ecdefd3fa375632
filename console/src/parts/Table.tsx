// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import './parts.css'

export interface Column<Row> {
  name: string
  /** number: at the right, digits below each other. head: names the row. */
  kind?: 'text' | 'number' | 'code' | 'head'
  of: (row: Row) => ComponentChildren
}

/** Rows with a head; no more of them than are drawn at once. */
export function Table<Row>({
  columns,
  rows,
  keyOf,
  caption,
}: {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string | number
  /** Told instead of the head, which the eye does not need then. */
  caption?: string
}) {
  return (
    <table class="table">
      {caption !== undefined && <caption class="visually-hidden">{caption}</caption>}
      <thead class={caption === undefined ? undefined : 'visually-hidden'}>
        <tr>
          {columns.map(({ name, kind }) => (
            <th key={name} scope="col" class={kind === 'number' ? kind : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ name, kind, of }) =>
              kind === 'head' ? (
                <th key={name} scope="row">
                  {of(row)}
                </th>
              ) : (
                <td key={name} class={kind}>
                  {of(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
