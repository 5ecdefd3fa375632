// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'preact/hooks'
import './strip.css'
import { milliseconds, moment } from './format'
import { bars, HEIGHT, OUTCOMES, PITCH, runAt, summary, type Runs } from './runs'
import type { RunLetter } from '../api/types'

const LETTERS = Object.keys(OUTCOMES) as RunLetter[]

/**
 * The last runs as bars, the newest at the right end. Pointing at a bar tells its time, outcome and
 * latency; so do the arrow keys once the strip has the focus.
 *
 * @param places how many bars there is room for
 * @param reachable whether the tab key stops here: false in a list that has its own keys
 */
export function BarStrip({
  runs,
  places = 50,
  reachable = true,
}: {
  runs: Runs
  places?: number
  reachable?: boolean
}) {
  const [pointed, setPointed] = useState<number | null>(null)
  const count = runs.letters.length
  const run = pointed === null ? undefined : runAt(runs, pointed)
  const at = count - 1 - (pointed ?? count - 1)
  const share = (places - at - 0.5) / places
  return (
    <div
      class="strip"
      role="slider"
      tabIndex={reachable ? 0 : -1}
      aria-label={`${summary(runs.letters)}, last ${moment(runs.last_ms)}`}
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={(pointed ?? count - 1) + 1}
      aria-valuetext={words(runs, pointed ?? count - 1)}
      onPointerMove={(event) => setPointed(placeAt(event, places, count))}
      onPointerDown={(event) => setPointed(placeAt(event, places, count))}
      onPointerLeave={() => setPointed(null)}
      onFocus={(event) => {
        if (event.currentTarget.matches(':focus-visible')) {
          setPointed(count - 1)
        }
      }}
      onBlur={() => setPointed(null)}
      onKeyDown={(event) => {
        const next = moved(event.key, pointed ?? count - 1, count)
        if (next !== undefined) {
          event.preventDefault()
          event.stopPropagation()
          setPointed(next)
        }
      }}
    >
      <svg
        viewBox={`0 0 ${places * PITCH - 1} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path class="strip-ground" d={`M0 ${HEIGHT - 0.5}H${places * PITCH - 1}`} />
        {LETTERS.map((letter) => (
          <path key={letter} class={`strip-${letter}`} d={bars(runs.letters, letter, places)} />
        ))}
        {run !== undefined && (
          <rect class="strip-mark" x={(places - at - 1) * PITCH - 0.5} width={4} height={HEIGHT} />
        )}
      </svg>
      {run !== undefined && (
        <span
          class={share < 0.5 ? 'strip-hint strip-hint-left' : 'strip-hint strip-hint-right'}
          aria-hidden="true"
        >
          <b class={`strip-word-${run.letter}`}>{OUTCOMES[run.letter]}</b>
          {run.latency_ms !== null && <span>{milliseconds(run.latency_ms)}</span>}
          <span class="strip-time">{moment(run.at_ms)}</span>
        </span>
      )}
    </div>
  )
}

function words(runs: Runs, place: number): string {
  const run = runAt(runs, place)
  if (run === undefined) {
    return 'none'
  }
  const latency = run.latency_ms === null ? '' : `, ${milliseconds(run.latency_ms)}`
  return `${OUTCOMES[run.letter]}${latency}, ${moment(run.at_ms)}`
}

/** Which run the pointer is over; null over places without one. */
function placeAt(event: PointerEvent, places: number, count: number): number | null {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
  const share = box.width === 0 ? 1 : (event.clientX - box.left) / box.width
  const place = Math.min(places - 1, Math.floor(share * places)) - (places - count)
  return place < 0 || place >= count ? null : place
}

function moved(key: string, place: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, place - 1)
    case 'ArrowRight':
      return Math.min(count - 1, place + 1)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
