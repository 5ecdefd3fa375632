// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type uPlot from 'uplot'
import { type Edges, rowsOf } from './model'

type Values = readonly (number | null)[]

/** Bins between a lower and an upper edge, each as wide as it is long. */
export function areaPath(edges: Edges, step_s: number): uPlot.Series.PathBuilder {
  return (u) => {
    const fill = new Path2D()
    const x = xOf(u)
    const y = yOf(u)
    for (const [first, last] of rowsOf(edges.upper)) {
      fill.moveTo(x(first, 0), y(edges.lower[first] ?? 0))
      for (let index = first; index <= last; index++) {
        const level = y(edges.upper[index] ?? 0)
        fill.lineTo(x(index, 0), level)
        fill.lineTo(x(index, step_s), level)
      }
      for (let index = last; index >= first; index--) {
        const level = y(edges.lower[index] ?? 0)
        fill.lineTo(x(index, step_s), level)
        fill.lineTo(x(index, 0), level)
      }
      fill.closePath()
    }
    return { fill, stroke: null, clip: null, band: null, gaps: [], flags: 0 }
  }
}

/** A line that is level within each bin. */
export function stepPath(values: Values, step_s: number): uPlot.Series.PathBuilder {
  return (u) => {
    const stroke = new Path2D()
    const x = xOf(u)
    const y = yOf(u)
    for (const [first, last] of rowsOf(values)) {
      stroke.moveTo(x(first, 0), y(values[first] ?? 0))
      for (let index = first; index <= last; index++) {
        const level = y(values[index] ?? 0)
        stroke.lineTo(x(index, 0), level)
        stroke.lineTo(x(index, step_s), level)
      }
    }
    return { stroke, fill: null, clip: null, band: null, gaps: [], flags: 0 }
  }
}

/** A line from point to point; one that stands alone is a dot. */
export function linePath(values: Values): uPlot.Series.PathBuilder {
  return (u) => {
    const stroke = new Path2D()
    const x = xOf(u)
    const y = yOf(u)
    for (const [first, last] of rowsOf(values)) {
      stroke.moveTo(x(first, 0), y(values[first] ?? 0))
      if (first === last) {
        stroke.arc(x(first, 0), y(values[first] ?? 0), devicePixelRatio, 0, 2 * Math.PI)
      }
      for (let index = first + 1; index <= last; index++) {
        stroke.lineTo(x(index, 0), y(values[index] ?? 0))
      }
    }
    return { stroke, fill: null, clip: null, band: null, gaps: [], flags: 0 }
  }
}

function xOf(u: uPlot) {
  const times = u.data[0]
  return (index: number, after_s: number) => u.valToPos((times[index] ?? 0) + after_s, 'x', true)
}

function yOf(u: uPlot) {
  return (value: number) => u.valToPos(value, 'y', true)
}
