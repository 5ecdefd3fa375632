// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ChartProps } from './Chart'
import { span } from './times'

/** What a chart shows, in figures; the newest first. */
export function ChartTable({ label, at_s, step_s, lines, marks = [], format }: ChartProps) {
  const order = at_s.map((_, index) => index).reverse()
  return (
    // Whoever has no pointer scrolls it with the keys.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div class="chart-table" role="region" aria-label={label} tabIndex={0}>
      <table class="table number">
        <thead>
          <tr>
            <th scope="col">Time</th>
            {[...lines, ...marks].map((each) => (
              <th key={each.key} scope="col">
                {each.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {order.map((index) => {
            const start = at_s[index] ?? 0
            return (
              <tr key={start}>
                <th scope="row">{span(start, start + step_s)}</th>
                {lines.map((line) => {
                  const value = line.values[index] ?? null
                  return <td key={line.key}>{value === null ? '–' : format(value)}</td>
                })}
                {marks.map((mark) => (
                  <td key={mark.key}>{mark.counts[index] ?? 0}</td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
