// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Choice, Sort } from './choice'

const COLUMNS: { name: string; class: string; sort?: Sort; hint?: string }[] = [
  { name: 'State', class: 'overview-state', sort: 'worst' },
  { name: 'Site', class: 'overview-site', sort: 'name' },
  { name: 'Last 50 runs', class: 'overview-strip' },
  {
    name: 'Up 24 h, %',
    class: 'overview-figure overview-day',
    sort: 'uptime',
    hint: 'Share of runs that were up',
  },
  { name: '7 d, %', class: 'overview-figure overview-week', hint: 'Share of runs that were up' },
  { name: '30 d, %', class: 'overview-figure overview-month', hint: 'Share of runs that were up' },
  { name: 'p50', class: 'overview-figure overview-p50', hint: 'Latency, last 24 h' },
  { name: 'p95', class: 'overview-figure overview-p95', sort: 'p95', hint: 'Latency, last 24 h' },
  { name: 'Latency, 24 h', class: 'overview-spark' },
  { name: 'Cert.', class: 'overview-figure overview-certificate', hint: 'Certificate, days left' },
  { name: 'Checked', class: 'overview-figure overview-checked', sort: 'last' },
]

/** The head of the table; a second press on a column turns its order round. */
export function Head({
  choice,
  onSort,
}: {
  choice: Choice
  onSort: (sort: Sort, reversed: boolean) => void
}) {
  return (
    <div role="row" class="overview-line overview-head">
      {COLUMNS.map(({ name, sort, hint, ...column }) => (
        <span
          key={name}
          role="columnheader"
          class={column.class}
          title={hint}
          aria-sort={sort === choice.sort ? direction(choice) : undefined}
        >
          {sort === undefined ? (
            name
          ) : (
            <button
              type="button"
              onClick={() => onSort(sort, sort === choice.sort && !choice.reversed)}
            >
              {name}
              {sort === choice.sort && (
                <span aria-hidden="true">{direction(choice) === 'ascending' ? '↑' : '↓'}</span>
              )}
            </button>
          )}
        </span>
      ))}
    </div>
  )
}

function direction({ sort, reversed }: Choice): 'ascending' | 'descending' {
  const ascends = sort === 'name' || sort === 'uptime'
  return ascends === reversed ? 'descending' : 'ascending'
}
