// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { type Column, Table } from '../Table'
import type { ChartProps } from './Chart'
import { span } from './times'

/** What a chart shows, in figures; the newest first. */
export function ChartTable({ label, at_s, step_s, lines, marks = [], format }: ChartProps) {
  const newestFirst = at_s.map((_, index) => index).reverse()
  return (
    // Whoever has no pointer scrolls it with the keys.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div class="chart-table" role="region" aria-label={label} tabIndex={0}>
      <Table
        rows={newestFirst}
        keyOf={(index) => at_s[index] ?? 0}
        columns={[
          {
            name: 'Time',
            kind: 'head',
            of: (index) => span(at_s[index] ?? 0, (at_s[index] ?? 0) + step_s),
          },
          ...lines.map(({ name, values }): Column<number> => ({
            name,
            kind: 'number',
            of: (index) => {
              const value = values[index] ?? null
              return value === null ? '–' : format(value)
            },
          })),
          ...marks.map(({ name, counts }): Column<number> => ({
            name,
            kind: 'number',
            of: (index) => counts[index] ?? 0,
          })),
        ]}
      />
    </div>
  )
}
