// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** What is looked at: the last while until now, or from one moment to another. */
export type Range =
  | { kind: 'last'; name: string; length_s: number }
  | { kind: 'fixed'; from_ms: number; to_ms: number }

/** From when to when, in epoch milliseconds, and into how many bins. */
export interface Window {
  from_ms: number
  to_ms: number
  points: number
}

const HOUR_S = 3600
const DAY_S = 24 * HOUR_S

/** How an address spells a range, what a button says, and how long it is. */
export const PRESETS: readonly { name: string; words: string; length_s: number }[] = [
  { name: '1h', words: '1 h', length_s: HOUR_S },
  { name: '6h', words: '6 h', length_s: 6 * HOUR_S },
  { name: '24h', words: '24 h', length_s: DAY_S },
  { name: '7d', words: '7 d', length_s: 7 * DAY_S },
  { name: '30d', words: '30 d', length_s: 30 * DAY_S },
]

export const STANDARD = '24h'

/** A chart can't show more bins than this side by side. */
export const POINTS_MAX = 240

/** Lengths of bins that the store has. */
const STEPS_S = [
  10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
  604_800, 1_209_600, 2_419_200,
]

const LONGEST_S = 4_838_400

/** No less than so many runs are worth a look; what is marked shorter is widened. */
const ZOOM_RUNS_MIN = 5

/** Reads the range of an address; the standard one where it says none, or nonsense. */
export function rangeOf(query: URLSearchParams): Range {
  const from_ms = Date.parse(query.get('from') ?? '')
  const to_ms = Date.parse(query.get('to') ?? '')
  if (from_ms < to_ms) {
    return { kind: 'fixed', from_ms, to_ms }
  }
  const name = query.get('range') ?? STANDARD
  const found = PRESETS.find((each) => each.name === name) ?? PRESETS[2]
  return { kind: 'last', name: found?.name ?? STANDARD, length_s: found?.length_s ?? DAY_S }
}

/** What a range is called in a heading. */
export function wordsOf(range: Range): string {
  const preset = PRESETS.find((each) => range.kind === 'last' && each.name === range.name)
  return preset?.words ?? 'shown'
}

/** What an address says of a fixed range. */
export function queryOf(from_ms: number, to_ms: number): { from: string; to: string } {
  return { from: new Date(from_ms).toISOString(), to: new Date(to_ms).toISOString() }
}

/**
 * The window of a range at a moment, in whole bins: they stay the same from one look to the next, and
 * none is shorter than the time between two runs.
 */
export function windowOf(range: Range, interval_s: number, now_ms: number): Window {
  const length_s = range.kind === 'last' ? range.length_s : (range.to_ms - range.from_ms) / 1000
  const step_ms = stepOf(length_s, interval_s) * 1000
  const end_ms = range.kind === 'last' ? now_ms : range.to_ms
  const to_ms = Math.ceil(end_ms / step_ms) * step_ms
  const start_ms = range.kind === 'last' ? to_ms - length_s * 1000 : range.from_ms
  const from_ms = Math.floor(start_ms / step_ms) * step_ms
  return { from_ms, to_ms, points: (to_ms - from_ms) / step_ms }
}

/** The length of a bin that shows so long a time in bins that each hold at least one run. */
export function stepOf(length_s: number, interval_s: number): number {
  const least = Math.max(interval_s, length_s / POINTS_MAX)
  return STEPS_S.find((each) => each >= least) ?? LONGEST_S
}

/** A range that was marked, at least as long as a few runs, around its own middle. */
export function zoomed(
  from_s: number,
  to_s: number,
  interval_s: number,
): { from_ms: number; to_ms: number } {
  const least_s = interval_s * ZOOM_RUNS_MIN
  const middle_s = (from_s + to_s) / 2
  const half_s = Math.max(to_s - from_s, least_s) / 2
  return {
    from_ms: Math.floor(middle_s - half_s) * 1000,
    to_ms: Math.ceil(middle_s + half_s) * 1000,
  }
}

/** A moment as a field for date and time has it: in the viewer's zone, to the second. */
export function fieldOf(at_ms: number): string {
  const at = new Date(at_ms)
  const two = (value: number) => String(value).padStart(2, '0')
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

/** What is wrong with two such fields; null where they make a range. */
export function fieldsWrong(from: string, to: string): string | null {
  const from_ms = new Date(from).getTime()
  const to_ms = new Date(to).getTime()
  if (Number.isNaN(from_ms) || Number.isNaN(to_ms)) {
    return 'Give date and time for both.'
  }
  return from_ms < to_ms ? null : 'The end must be after the start.'
}

/** How often a page of a site asks again, in milliseconds; 0 where nothing new can come. */
export function everyOf(range: Range, interval_s: number, now_ms: number): number {
  if (range.kind === 'fixed' && range.to_ms < now_ms) {
    return 0
  }
  return Math.min(60, Math.max(10, interval_s)) * 1000
}
