// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Phases } from '../../api/types'
import { milliseconds } from '../format'
import './waterfall.css'
import { type Span, spans, sum } from './phases'

interface Hop {
  /** '' where it goes without saying. */
  url: string
  status: number | null
  address: string | null
  phases_s: Phases
}

/** Hops of a request one under another, their phases to one scale, with figures beside. */
export function Waterfall({ hops }: { hops: Hop[] }) {
  const starts: number[] = []
  let total_s = 0
  for (const hop of hops) {
    starts.push(total_s)
    total_s += sum(hop.phases_s) ?? 0
  }
  if (hops.length === 0) {
    return <p class="waterfall-none">No request was made, so there are no phases to show.</p>
  }
  return (
    <ol class="waterfall">
      {hops.map((hop, index) => (
        <li key={index}>
          {hop.url !== '' && <HopHead hop={hop} />}
          <HopPhases
            name={hop.url === '' ? 'Phases' : `Phases of ${hop.url}`}
            made={spans(hop.phases_s, starts[index] ?? 0)}
            full_s={total_s}
          />
        </li>
      ))}
    </ol>
  )
}

function HopHead({ hop }: { hop: Hop }) {
  const took_s = sum(hop.phases_s)
  return (
    <p class="waterfall-head">
      <span class="waterfall-status">{hop.status ?? 'no status'}</span>
      <span class="waterfall-url code">{hop.url}</span>
      {hop.address !== null && <span class="waterfall-soft">{hop.address}</span>}
      {took_s !== null && <span class="waterfall-took number">{milliseconds(took_s * 1000)}</span>}
    </p>
  )
}

function HopPhases({ name, made, full_s }: { name: string; made: Span[]; full_s: number }) {
  if (made.length === 0) {
    return <p class="waterfall-soft">It ended before its first phase did.</p>
  }
  return (
    <table class="waterfall-phases">
      <caption class="visually-hidden">{name}</caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">Phase</th>
          <th scope="col">Took</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {made.map(({ key, name: phase, start_s, length_s }) => (
          <tr key={key}>
            <th scope="row">{phase}</th>
            <td class="number">{milliseconds(length_s * 1000)}</td>
            <td>
              <span class="visually-hidden">
                from {milliseconds(start_s * 1000)} to {milliseconds((start_s + length_s) * 1000)}
              </span>
              <svg class="waterfall-line" aria-hidden="true">
                <rect
                  class={`phase-${key}`}
                  x={share(start_s, full_s)}
                  style={{ width: `max(2px, ${share(length_s, full_s)})` }}
                  height="100%"
                  rx="2"
                />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function share(part: number, whole: number): string {
  return `${whole <= 0 ? 0 : (part / whole) * 100}%`
}
