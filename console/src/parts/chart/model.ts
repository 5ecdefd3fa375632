// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** What is drawn over time. All lines have as many values as there are times. */
export interface ChartLine {
  key: string
  name: string
  /** A token: `--phase-dns`. */
  colour: string
  /** null is a gap, and stays one. */
  values: readonly (number | null)[]
  /** area: on top of the areas before it. step: level within a bin. line: from point to point. */
  kind: 'area' | 'step' | 'line'
  hidden?: boolean
  /** Where there are more lines than colours. */
  dashed?: boolean
}

/** What is counted below the plot: a mark wherever a count is not 0. */
export interface ChartMark {
  key: string
  name: string
  colour: string
  /** Only its outline, so that two kinds are told apart without colour. */
  hollow: boolean
  counts: readonly number[]
}

/** The lower and the upper edge of an area; null in both where there is a gap. */
export interface Edges {
  lower: (number | null)[]
  upper: (number | null)[]
}

/**
 * Puts areas on top of one another. Where none of them has a value there is a gap in all; where some
 * have, the others are nothing (a request that reused a connection has no time for connecting).
 */
export function stack(areas: readonly (readonly (number | null)[])[]): Edges[] {
  const made: Edges[] = areas.map(() => ({ lower: [], upper: [] }))
  const bins = areas[0]?.length ?? 0
  for (let bin = 0; bin < bins; bin++) {
    const gap = areas.every((area) => (area[bin] ?? null) === null)
    let at = 0
    areas.forEach((area, index) => {
      const edges = made[index]
      edges?.lower.push(gap ? null : at)
      at += area[bin] ?? 0
      edges?.upper.push(gap ? null : at)
    })
  }
  return made
}

/** First and last index of each row of values without a gap in it. */
export function rowsOf(values: readonly (number | null)[]): [number, number][] {
  const rows: [number, number][] = []
  let first = -1
  values.forEach((value, index) => {
    if (value === null) {
      first = -1
    } else if (first < 0) {
      first = index
      rows.push([index, index])
    } else {
      const row = rows[rows.length - 1]
      if (row !== undefined) {
        row[1] = index
      }
    }
  })
  return rows
}

/** The bin (or the nearest point, where bins have no length) at a moment; null beside all of them. */
export function indexAt(at_s: readonly number[], step_s: number, moment_s: number): number | null {
  let found: number | null = null
  let near = Infinity
  at_s.forEach((start, index) => {
    const away =
      step_s > 0
        ? moment_s >= start && moment_s < start + step_s
          ? 0
          : Infinity
        : Math.abs(moment_s - start)
    if (away < near) {
      near = away
      found = index
    }
  })
  return found
}

/** Where a key of the keyboard leads among `count` bins; null where it leads nowhere. */
export function moved(key: string, at: number | null, count: number): number | null {
  const last = count - 1
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, (at ?? count) - 1)
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, (at ?? -1) + 1)
    case 'PageDown':
      return Math.max(0, (at ?? count) - 10)
    case 'PageUp':
      return Math.min(last, (at ?? -1) + 10)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}
