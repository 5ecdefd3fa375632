// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Plan } from '../../api/types'
import { bytes } from '../../parts/format'

/** Of a file: above it weir sites apply is the better way. */
export const BYTES_MAX = 10 * 1024 * 1024

/** Characters that a field can show and stay quick. */
const SHOWN_MAX = 256 * 1024

/** Why a text is not sent; undefined where it may be. */
export function checked(text: string): string | undefined {
  const size = new Blob([text]).size
  return size > BYTES_MAX
    ? `The text has ${bytes(size)}; at most ${bytes(BYTES_MAX)} are taken. Send it in parts.`
    : undefined
}

export function shownBesideLines(text: string): boolean {
  return text.length <= SHOWN_MAX
}

/** What a plan does, in words. */
export function summary(plan: Plan): string {
  const counts: [number, string][] = [
    [plan.additions.length, plan.applied ? 'added' : 'to add'],
    [plan.changes.length, plan.applied ? 'changed' : 'to change'],
    [plan.removals.length, plan.applied ? 'removed' : 'to remove'],
    [plan.unchanged, 'unchanged'],
  ]
  return counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ')
}

export function isNothing(plan: Plan): boolean {
  return plan.additions.length + plan.changes.length + plan.removals.length === 0
}
