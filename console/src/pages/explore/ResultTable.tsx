// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import './result.css'
import { isNumber, type Order, rowsBetween, sorted, textOf, widths } from './shape'
import type { Result } from './useQuery'

/** Height of a row in pixels; the style has the same. */
const ROW = 28

/** Pixels before the end at which the next rows are asked for. */
const NEAR = 1_200

/** Rows of a result: those in sight are drawn, the next are fetched before the end is seen. */
export function ResultTable({ result, onNear }: { result: Result; onNear: () => void }) {
  const { columns } = result
  const [order, setOrder] = useState<Order | null>(null)
  const [view, setView] = useState({ top: 0, height: 600 })
  const box = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => sorted(result.rows, columns, order), [result.rows, columns, order])
  const widthOf = useMemo(
    () => widths(columns, result.rows),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- rows that come later change no widths
    [columns],
  )
  const { from, to } = rowsBetween(view.top, view.height, ROW, rows.length)
  const near = useRef(onNear)
  near.current = onNear
  useEffect(() => {
    if (rows.length * ROW - view.top - view.height < NEAR) {
      near.current()
    }
  }, [rows, view])
  useEffect(() => {
    const element = box.current
    if (element !== null) {
      setView({ top: element.scrollTop, height: element.clientHeight })
    }
  }, [])
  return (
    // Whoever has no pointer scrolls it with the keys.
    <div
      ref={box}
      class="explore-rows"
      role="region"
      aria-label="Rows of the result"
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={(event) => {
        const { scrollTop: top, clientHeight: height } = event.currentTarget
        setView({ top, height })
      }}
    >
      <table
        class="explore-table"
        aria-rowcount={result.next === null ? rows.length + 1 : -1}
        style={{ width: `${widthOf.reduce((sum, each) => sum + each, 0)}ch` }}
      >
        <colgroup>
          {widthOf.map((width, index) => (
            <col key={index} style={{ width: `${width}ch` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column, index) => (
              <Head
                key={index}
                name={column.name}
                type={column.type}
                numeric={isNumber(column)}
                down={order?.column === index ? order.down : null}
                onSort={() => setOrder(turned(order, index))}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <Space rows={from} columns={columns.length} />
          {rows.slice(from, to).map((row, index) => (
            <tr key={from + index} aria-rowindex={from + index + 2}>
              {columns.map((column, at) => {
                const text = textOf(row[at])
                return (
                  <td
                    key={at}
                    class={isNumber(column) ? 'explore-number' : undefined}
                    title={text !== null && text.length > 40 ? text : undefined}
                  >
                    {text ?? <span class="explore-null">null</span>}
                  </td>
                )
              })}
            </tr>
          ))}
          <Space rows={rows.length - to} columns={columns.length} />
        </tbody>
      </table>
    </div>
  )
}

function Head({
  name,
  type,
  numeric,
  down,
  onSort,
}: {
  name: string
  type: string
  numeric: boolean
  down: boolean | null
  onSort: () => void
}) {
  const sort = down === null ? 'none' : down ? 'descending' : 'ascending'
  return (
    <th scope="col" aria-sort={sort} class={numeric ? 'explore-right' : undefined}>
      <button type="button" onClick={onSort} title={`Sort by ${name}`}>
        <span class="explore-column">{name}</span>
        <span aria-hidden="true">{down === null ? '' : down ? ' ↓' : ' ↑'}</span>
        <span class="explore-type">{type}</span>
      </button>
    </th>
  )
}

/** In place of rows that are out of sight. */
function Space({ rows, columns }: { rows: number; columns: number }) {
  return rows <= 0 ? null : (
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height: `${rows * ROW}px`, padding: 0, border: 0 }} />
    </tr>
  )
}

/** Up, down, and as it came. */
function turned(order: Order | null, column: number): Order | null {
  if (order?.column !== column) {
    return { column, down: false }
  }
  return order.down ? null : { column, down: true }
}
