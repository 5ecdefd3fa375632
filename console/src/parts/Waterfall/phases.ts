// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Phases } from '../../api/types'

/** The parts of a request in the order in which they take place, and what they are called. */
export const PHASES: readonly { key: keyof Phases; name: string; colour: string }[] = [
  { key: 'dns', name: 'DNS', colour: '--phase-dns' },
  { key: 'connect', name: 'Connect', colour: '--phase-connect' },
  { key: 'tls', name: 'TLS', colour: '--phase-tls' },
  { key: 'send', name: 'Send', colour: '--phase-send' },
  { key: 'wait', name: 'Wait', colour: '--phase-wait' },
  { key: 'body', name: 'Body', colour: '--phase-body' },
]

/** One phase, and where it begins; both in seconds. */
export interface Span {
  key: keyof Phases
  name: string
  start_s: number
  length_s: number
}

/** The phases that took place, one after another from `start_s` on. */
export function spans(phases_s: Phases, start_s = 0): Span[] {
  const made: Span[] = []
  let at = start_s
  for (const { key, name } of PHASES) {
    const length_s = phases_s[key]
    if (length_s !== null) {
      made.push({ key, name, start_s: at, length_s })
      at += length_s
    }
  }
  return made
}

/** How long all phases took together; null where none took place. */
export function sum(phases_s: Phases): number | null {
  const made = spans(phases_s)
  return made.length === 0 ? null : made.reduce((total, each) => total + each.length_s, 0)
}

/** The phases in words: DNS 1.0 ms, Connect 4.2 ms. */
export function inWords(phases_s: Phases, format: (ms: number) => string): string {
  return spans(phases_s)
    .map((each) => `${each.name} ${format(each.length_s * 1000)}`)
    .join(', ')
}
