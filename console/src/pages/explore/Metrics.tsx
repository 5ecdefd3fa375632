// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'preact/hooks'
import { ask } from '../../api/client'
import type { Dimensions, MeasuresPage, TableColumns } from '../../api/types'
import { useLoaded } from '../../api/use'
import { Button } from '../../parts/Button'
import { TextField } from '../../parts/Field'
import { Awaited } from '../../parts/Placeholder'
import { keyOf, metricQuery } from './queries'

const PAGE = 100

/** The labels of a metric, with their values. */
export function labelsOf(table: TableColumns, metric: string, signal?: AbortSignal) {
  const path = `${pathOf(table)}/dimensions`
  return ask<Dimensions>(path, {
    query: { measure: metric },
    ...(signal === undefined ? {} : { signal }),
  })
}

export function measuresOf(
  table: TableColumns,
  query: Record<string, string | number>,
  signal?: AbortSignal,
) {
  return ask<MeasuresPage>(`${pathOf(table)}/measures`, {
    query,
    ...(signal === undefined ? {} : { signal }),
  })
}

function pathOf(table: TableColumns): string {
  return `catalog/${encodeURIComponent(table.database)}/${encodeURIComponent(table.table)}`
}

/** Metrics by name: one that is pressed is asked for, and shows its labels. */
export function Metrics({
  tables,
  onAsk,
}: {
  tables: readonly TableColumns[]
  onAsk: (sql: string) => void
}) {
  const [wanted, setWanted] = useState('')
  const [most, setMost] = useState(PAGE)
  return (
    <>
      <TextField
        label="Metric"
        value={wanted}
        placeholder="A part of its name"
        onInput={(text) => {
          setWanted(text)
          setMost(PAGE)
        }}
      />
      {tables.map((table) => (
        <Names
          key={keyOf(table)}
          table={table}
          wanted={wanted.trim()}
          most={most}
          titled={tables.length > 1}
          onMore={() => setMost(Math.min(1_000, most + 300))}
          onAsk={onAsk}
        />
      ))}
    </>
  )
}

function Names({
  table,
  wanted,
  most,
  titled,
  onMore,
  onAsk,
}: {
  table: TableColumns
  wanted: string
  most: number
  titled: boolean
  onMore: () => void
  onAsk: (sql: string) => void
}) {
  const [open, setOpen] = useState('')
  const found = useLoaded<MeasuresPage>(`${keyOf(table)} ${wanted} ${most}`, (signal) =>
    measuresOf(table, { q: wanted, limit: most }, signal),
  )
  if (found.data === null) {
    return <Awaited {...found} rows={6} />
  }
  const { items, next } = found.data
  return (
    <>
      {titled && <p class="explore-database">{keyOf(table)}</p>}
      {items.length === 0 && (
        <p class="explore-note">
          {wanted === ''
            ? 'Nothing has been written there yet.'
            : 'No metric has that in its name.'}
        </p>
      )}
      <ul>
        {items.map(({ name }) => (
          <li key={name}>
            <button
              type="button"
              class="explore-item code"
              aria-expanded={open === name}
              onClick={() => setOpen(open === name ? '' : name)}
            >
              {name}
            </button>
            {open === name && <Labels table={table} metric={name} onAsk={onAsk} />}
          </li>
        ))}
      </ul>
      {next !== null &&
        (most < 1_000 ? (
          <Button onClick={onMore}>More metrics</Button>
        ) : (
          <p class="explore-note">There are more: write a part of the name.</p>
        ))}
    </>
  )
}

/** Asks for the metric as soon as its labels are known, and lets it be narrowed down by them. */
function Labels({
  table,
  metric,
  onAsk,
}: {
  table: TableColumns
  metric: string
  onAsk: (sql: string) => void
}) {
  const [only, setOnly] = useState<[string, string][]>([])
  const labels = useLoaded<Dimensions>(`${keyOf(table)} ${metric}`, async (signal) => {
    const found = await labelsOf(table, metric, signal)
    onAsk(metricQuery(table, metric, found.items, only))
    return found
  })
  if (labels.data === null) {
    return <Awaited {...labels} rows={2} />
  }
  const { items } = labels.data
  const press = (name: string, value: string) => {
    const on = only.some((each) => each[0] === name && each[1] === value)
    const others = only.filter((each) => each[0] !== name)
    const next: [string, string][] = on ? others : [...others, [name, value]]
    setOnly(next)
    onAsk(metricQuery(table, metric, items, next))
  }
  return (
    <div class="explore-labels">
      {items.length === 0 && <p class="explore-note">No series of it in the last day.</p>}
      {items.map((label) => (
        <details key={label.name} open={items.length <= 3}>
          <summary>
            {label.name}{' '}
            <span class="explore-type">
              {label.values.length}
              {label.more ? '+' : ''}
            </span>
          </summary>
          <ul>
            {label.values.map((value) => (
              <li key={value}>
                <button
                  type="button"
                  class="explore-item code"
                  aria-pressed={only.some((each) => each[0] === label.name && each[1] === value)}
                  onClick={() => press(label.name, value)}
                >
                  {value}
                </button>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  )
}
