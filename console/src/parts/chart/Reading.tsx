// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useLayoutEffect, useRef } from 'preact/hooks'
import type { ChartLine, ChartMark } from './model'
import { Swatch } from './Legend'
import { span } from './times'

/** Between a bin and its figures, in CSS pixels. */
const APART_PX = 12

interface Read {
  at_s: readonly number[]
  step_s: number
  lines: readonly ChartLine[]
  marks: readonly ChartMark[]
  format: (value: number) => string
}

/** What is read at a bin: names, and values as texts. */
function rows({ lines, marks, format }: Read, index: number) {
  const values = lines.map((line) => {
    const value = line.values[index] ?? null
    return { item: line, text: value === null ? '–' : format(value), none: value === null }
  })
  const counts = marks.map((mark) => {
    const count = mark.counts[index] ?? 0
    return { item: mark, text: String(count), none: count === 0 }
  })
  return { values, counts: counts.filter((each) => !each.none) }
}

function when({ at_s, step_s }: Read, index: number): string {
  const start = at_s[index] ?? 0
  return span(start, start + step_s)
}

/** The same, to be listened to. */
export function inOneSentence(read: Read, index: number): string {
  const { values, counts } = rows(read, index)
  const told = [...values.filter((each) => !each.none), ...counts]
  const texts = told.map((each) => `${each.item.name} ${each.text}`)
  return `${when(read, index)}: ${texts.length === 0 ? 'nothing there' : texts.join(', ')}`
}

/** The figures of a bin beside it, on the side where there is room. */
export function Reading({
  index,
  left_px,
  width_px,
  ...read
}: Read & { index: number; left_px: number; width_px: number }) {
  const { values, counts } = rows(read, index)
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (element !== null) {
      const wide = element.offsetWidth
      const beside = left_px > width_px / 2 ? left_px - APART_PX - wide : left_px + APART_PX
      element.style.left = `${Math.max(0, Math.min(width_px - wide, beside))}px`
    }
  })
  // From the top down as they are drawn: what was put on last comes first.
  const areas = values.filter((each) => each.item.kind === 'area').reverse()
  const others = values.filter((each) => each.item.kind !== 'area')
  return (
    <div ref={box} class="chart-reading" aria-hidden="true">
      <p>{when(read, index)}</p>
      {values.every((each) => each.none) && counts.length === 0 ? (
        <p>Nothing there</p>
      ) : (
        <table>
          <tbody>
            {[...others, ...areas, ...counts].map(({ item, text }) => (
              <tr key={item.key}>
                <td>
                  <Swatch item={item} />
                  {item.name}
                </td>
                <td class="number">{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
