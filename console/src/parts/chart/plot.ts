// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import uPlot from 'uplot'
import type { Ink } from './colours'
import { type ChartLine, type ChartMark, stack } from './model'
import { areaPath, linePath, stepPath } from './paths'
import { tick } from './times'

/** Height of a row of marks, and what is between it and the next, in CSS pixels. */
const MARK = 6
const MARK_GAP = 3

const DASHES = [6, 4]

interface Drawing {
  at_s: readonly number[]
  step_s: number
  from_s: number
  to_s: number
  lines: readonly ChartLine[]
  marks: readonly ChartMark[]
  axis: (value: number) => string
  height: number
}

export interface Told {
  /** The pointer is at a moment; null: it has left. */
  pointed: (moment_s: number | null) => void
  /** A range was marked by dragging; null: dragging marks nothing. */
  marked: ((from_s: number, to_s: number) => void) | null
}

/** What uPlot is to draw. It draws what was there at its making; another drawing is another plot. */
export function plot(place: HTMLElement, drawing: Drawing, ink: Ink, told: Told): uPlot {
  const { lines, marks, step_s } = drawing
  const areas = lines.filter((line) => line.kind === 'area')
  const edges = stack(areas.map((line) => line.values))
  const series: uPlot.Series[] = [{}]
  const data: (number | null)[][] = [[...drawing.at_s]]
  for (const line of lines) {
    const colour = ink.colour(line.colour)
    const area = edges[areas.indexOf(line)]
    data.push(area?.upper ?? [...line.values])
    series.push({
      points: { show: false },
      width: 1.5,
      ...(area === undefined
        ? {
            stroke: colour,
            ...(line.dashed === true ? { dash: DASHES } : {}),
            paths: line.kind === 'step' ? stepPath(line.values, step_s) : linePath(line.values),
          }
        : { fill: colour, width: 0, paths: areaPath(area, step_s) }),
    })
  }
  const below = marks.length === 0 ? 0 : marks.length * (MARK + MARK_GAP) + MARK_GAP
  const axis = { font: ink.font, stroke: ink.colour('--ink-soft') }
  const made = new uPlot(
    {
      width: Math.max(1, place.clientWidth),
      height: drawing.height + below,
      padding: [8, 24, 0, 0],
      legend: { show: false },
      cursor: {
        x: false,
        y: false,
        points: { show: false },
        drag: { x: told.marked !== null, y: false, setScale: false },
      },
      scales: {
        x: { time: true, range: () => [drawing.from_s, drawing.to_s] },
        y: {
          range: (_, least, most) => bounds(least, most),
        },
      },
      axes: [
        {
          ...axis,
          size: 24 + below,
          gap: 6 + below,
          space: 72,
          grid: { show: false },
          ticks: { show: false },
          values: (_, splits, __, ___, apart) => splits.map((each) => tick(each, apart)),
        },
        {
          ...axis,
          space: 36,
          gap: 6,
          size: (u, values) => widest(u, ink.font, values),
          grid: { stroke: ink.colour('--line'), width: 1 },
          ticks: { show: false },
          values: (_, splits) => splits.map(drawing.axis),
        },
      ],
      series,
      hooks: {
        draw: [(u) => drawMarks(u, drawing, ink)],
        setCursor: [
          (u) => {
            const left = u.cursor.left ?? -1
            told.pointed(left < 0 ? null : u.posToVal(left, 'x'))
          },
        ],
        setSelect: [
          (u) => {
            const { left, width } = u.select
            if (width > 0) {
              told.marked?.(u.posToVal(left, 'x'), u.posToVal(left + width, 'x'))
              u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
            }
          },
        ],
      },
    },
    data as uPlot.AlignedData,
    place,
  )
  return made
}

/** From zero up, and below it only where values are; null where there are none. */
function bounds(least: number | null, most: number | null): [number, number] {
  const low = least === null || least >= 0 ? 0 : least * 1.06
  return [low, most === null || most <= 0 ? (low < 0 ? 0 : 1) : most * 1.06]
}

function widest(u: uPlot, font: string, values: string[] | null): number {
  u.ctx.save()
  u.ctx.font = font
  const width = Math.max(0, ...(values ?? []).map((each) => u.ctx.measureText(each).width))
  u.ctx.restore()
  return Math.ceil(width) + 10
}

/** Rows of marks between the plot and the times below it. */
function drawMarks(u: uPlot, { marks, at_s, step_s, from_s, to_s }: Drawing, ink: Ink) {
  const unit = devicePixelRatio
  const { ctx } = u
  ctx.save()
  ctx.beginPath()
  ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height + 60 * unit)
  ctx.clip()
  marks.forEach((mark, row) => {
    const top = u.bbox.top + u.bbox.height + (MARK_GAP + row * (MARK + MARK_GAP)) * unit
    ctx.fillStyle = ctx.strokeStyle = ink.colour(mark.colour)
    ctx.lineWidth = unit
    mark.counts.forEach((count, index) => {
      const start_s = at_s[index] ?? 0
      if (count > 0 && start_s < to_s && start_s + step_s > from_s) {
        const left = Math.round(u.valToPos(start_s, 'x', true))
        const right = Math.round(u.valToPos(start_s + step_s, 'x', true))
        const width = Math.max(2 * unit, right - left)
        if (mark.hollow) {
          ctx.strokeRect(left + unit / 2, top + unit / 2, width - unit, (MARK - 1) * unit)
        } else {
          ctx.fillRect(left, top, width, MARK * unit)
        }
      }
    })
  })
  ctx.restore()
}
