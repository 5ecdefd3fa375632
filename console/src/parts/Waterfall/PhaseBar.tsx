// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Phases } from '../../api/types'
import { milliseconds } from '../format'
import './waterfall.css'
import { inWords, spans } from './phases'

/** All phases of a request in one line. `full_s` is how long the whole width stands for. */
export function PhaseBar({ phases_s, full_s }: { phases_s: Phases; full_s: number }) {
  const made = spans(phases_s)
  if (made.length === 0 || full_s <= 0) {
    return <span class="phase-none">–</span>
  }
  return (
    <svg class="phase-bar" role="img" aria-label={inWords(phases_s, milliseconds)}>
      {made.map(({ key, name, start_s, length_s }) => (
        <rect
          key={key}
          class={`phase-${key}`}
          x={`${(start_s / full_s) * 100}%`}
          width={`${(length_s / full_s) * 100}%`}
          height="100%"
        >
          <title>{`${name} ${milliseconds(length_s * 1000)}`}</title>
        </rect>
      ))}
    </svg>
  )
}
