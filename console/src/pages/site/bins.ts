// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { SiteSeries } from '../../api/types'

/** up: all runs were. mixed: some failed. missed: none took place that should have. none: no record. */
type BinState = 'up' | 'mixed' | 'down' | 'missed' | 'none'

export interface Bin {
  from_s: number
  to_s: number
  runs: number
  failed: number
  missed: number
  state: BinState
}

/** Bars of a strip: bins of a series, so many of them together that no more than `most` are left. */
export function availability(series: SiteSeries, most: number): Bin[] {
  const count = series.runs.length
  const together = Math.max(1, Math.ceil(count / most))
  const bins: Bin[] = []
  for (let first = 0; first < count; first += together) {
    const last = Math.min(count, first + together)
    const runs = total(series.runs, first, last)
    const failed = total(series.failed, first, last)
    const missed = total(series.missed, first, last)
    bins.push({
      from_s: series.from_ms / 1000 + first * series.step_s,
      to_s: series.from_ms / 1000 + last * series.step_s,
      runs,
      failed,
      missed,
      state: stateOf(runs, failed, missed),
    })
  }
  return bins
}

/** A bar in words: 60 runs, 2 failed, 1 missed. */
export function inWords({ runs, failed, missed }: Bin): string {
  if (runs === 0 && missed === 0) {
    return 'no runs'
  }
  return [
    runs === 0 ? '' : runs === 1 ? '1 run' : `${runs} runs`,
    runs === 0 ? '' : failed === 0 ? 'none failed' : `${failed} failed`,
    missed === 0 ? '' : `${missed} missed`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** Share of the runs that were up; null where there were none. */
export function shareUp(runs: number, failed: number): number | null {
  return runs === 0 ? null : (runs - failed) / runs
}

function stateOf(runs: number, failed: number, missed: number): BinState {
  if (runs === 0) {
    return missed > 0 ? 'missed' : 'none'
  }
  return failed === 0 ? 'up' : failed < runs ? 'mixed' : 'down'
}

function total(values: readonly number[], first: number, last: number): number {
  let sum = 0
  for (let index = first; index < last; index++) {
    sum += values[index] ?? 0
  }
  return sum
}
