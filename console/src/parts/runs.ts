// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { OverviewItem, RunLetter } from '../api/types'

export type Runs = NonNullable<OverviewItem['runs']>

/** What a letter of a strip is called. */
export const OUTCOMES: Record<RunLetter, string> = {
  u: 'Up',
  d: 'Down',
  q: 'Doubtful',
  m: 'Missed',
}

export interface Run {
  at_ms: number
  letter: RunLetter
  latency_ms: number | null
}

/** The run at a place, 0 the oldest; undefined outside. */
export function runAt(runs: Runs, place: number): Run | undefined {
  const letter = runs.letters[place]
  if (letter === undefined) {
    return undefined
  }
  let at_ms = runs.last_ms
  for (let each = place; each < runs.letters.length - 1; each++) {
    at_ms -= (runs.gaps_s[each] ?? 0) * 1000
  }
  return { at_ms, letter: letterOf(letter), latency_ms: runs.latency_ms[place] ?? null }
}

/** A letter that a newer server may have invented is shown as a missed run. */
function letterOf(letter: string): RunLetter {
  return letter === 'u' || letter === 'd' || letter === 'q' ? letter : 'm'
}

/** The runs in a sentence: 50 runs, 2 failed, 1 missed. */
export function summary(letters: string): string {
  const count = { u: 0, d: 0, q: 0, m: 0 }
  for (const letter of letters) {
    count[letterOf(letter)]++
  }
  return [
    `${letters.length} ${letters.length === 1 ? 'run' : 'runs'}`,
    count.d === 0 ? 'none failed' : `${count.d} failed`,
    count.q === 0 ? '' : `${count.q} doubtful`,
    count.m === 0 ? '' : `${count.m} missed`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** Bars of one letter as a path, the newest run at the right end of so many places. */
export function bars(letters: string, wanted: RunLetter, places: number): string {
  const shift = places - letters.length
  let path = ''
  for (let place = 0; place < letters.length; place++) {
    if (letterOf(letters[place] ?? 'm') === wanted) {
      path += SHAPES[wanted].replaceAll('X', String((shift + place) * PITCH))
    }
  }
  return path
}

/** Width of a run's place and height of the strip, in the drawing's units. */
export const PITCH = 4
export const HEIGHT = 24

// Heights and a notch tell the letters apart: down is the whole height, doubtful is broken in two,
// up is two thirds, missed is a mark on the ground.
const SHAPES: Record<RunLetter, string> = {
  u: 'MX 8h3v16h-3z',
  d: 'MX 0h3v24h-3z',
  q: 'MX 4h3v8h-3zMX 15h3v9h-3z',
  m: 'MX 21h3v3h-3z',
}
