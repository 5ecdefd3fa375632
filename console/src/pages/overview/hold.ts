// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { keyOf } from './board'
import type { Entry, Group } from './arrange'
import type { OverviewItem } from '../../api/types'

/**
 * The order that somebody is reading, kept while the board changes below: rows stay where they are,
 * those of sites that are gone leave, new ones wait. What the heads of groups say is of now.
 */
export function held(shown: Entry[], fresh: Entry[], items: OverviewItem[]): Entry[] {
  const there = new Set(items.map(keyOf))
  const groups = new Map<string, Group>()
  for (const entry of fresh) {
    if (entry.kind === 'group') {
      groups.set(nameOf(entry), entry.group)
    }
  }
  return shown.flatMap((entry): Entry[] => {
    if (entry.kind === 'site') {
      return there.has(entry.key) ? [entry] : []
    }
    return [{ kind: 'group', group: groups.get(nameOf(entry)) ?? entry.group }]
  })
}

/** Whether the lines would be others now, or stand in another order. */
export function differs(shown: Entry[], fresh: Entry[]): boolean {
  return (
    shown.length !== fresh.length || shown.some((entry, at) => nameOf(entry) !== nameOf(fresh[at]))
  )
}

/** What a line is known by, whatever it says at the moment. */
export function nameOf(entry: Entry | undefined): string {
  if (entry === undefined) {
    return ''
  }
  return entry.kind === 'site' ? entry.key : groupKey(entry.group.name)
}

/** No site's key, which has no space in it. */
function groupKey(name: string | null): string {
  return name === null ? 'attention ' : `group ${name}`
}
