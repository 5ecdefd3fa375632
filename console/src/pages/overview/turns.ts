// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { OverviewItem, SiteState } from '../../api/types'
import { STATES } from '../../parts/State'
import { keyOf } from './board'

export type States = ReadonlyMap<string, SiteState>

/** More than so many at a time are told as a number. */
const NAMED_MAX = 3

export function statesOf(items: OverviewItem[]): States {
  return new Map(items.map((item) => [keyOf(item), item.state]))
}

/** Which sites went down, became doubtful, or came up again, in words; '' for none. */
export function turnsInWords(before: States, items: OverviewItem[]): string {
  const turned = items.filter((item) => {
    const was = before.get(keyOf(item))
    return was !== undefined && was !== item.state && TOLD.includes(item.state)
  })
  return turned.length > NAMED_MAX
    ? `${turned.length} sites have changed their state`
    : turned.map((item) => `${item.name}: ${STATES[item.state].word}`).join('. ')
}

const TOLD: SiteState[] = ['down', 'doubtful', 'up']
