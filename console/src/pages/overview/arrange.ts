// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { OverviewItem } from '../../api/types'
import { keyOf } from './board'
import { STATE_ORDER, type Choice, type Sort } from './choice'

/** A line of the list, before it is known how many sites fit in one. */
export type Entry = { kind: 'group'; group: Group } | { kind: 'site'; key: string }

export interface Group {
  /** '' for the sites without one; null for those that need somebody, whatever their group. */
  name: string | null
  total: number
  failing: number
  /** How many of the failing are shown above, with those that need somebody. */
  above: number
  folded: boolean
}

/** The sites that are wanted, in the order that is wanted. */
export function arrange(items: OverviewItem[], choice: Choice): Entry[] {
  const wanted = items.filter(matching(choice)).sort(comparing(choice.sort, choice.reversed))
  const grouped = choice.grouped && items.some((item) => item.group !== '')
  return grouped ? inGroups(wanted, choice) : wanted.map(entryOf)
}

/** Whether a site is one of those that are wanted. */
export function matching(choice: Choice): (item: OverviewItem) => boolean {
  const words = choice.text.toLowerCase().split(/\s+/).filter(Boolean)
  return (item) =>
    (choice.states.length === 0 || choice.states.includes(item.state)) &&
    (choice.group === null || choice.group === item.group) &&
    (choice.customer === null || choice.customer === item.customer) &&
    words.every((word) => searched(item).includes(word))
}

/** An order of sites; names and then ids decide between equals, so that it is always the same. */
function comparing(sort: Sort, reversed: boolean): (a: OverviewItem, b: OverviewItem) => number {
  const way = reversed ? -1 : 1
  return (a, b) => way * ORDERS[sort](a, b) || byName(a, b)
}

export function failing(item: OverviewItem): boolean {
  return item.state === 'down' || item.state === 'doubtful'
}

type Order = (a: OverviewItem, b: OverviewItem) => number

const ORDERS: Record<Sort, Order> = {
  // What broke last comes first among what is down: it is what somebody has come for.
  worst: (a, b) => rank(a) - rank(b) || (b.since_ms ?? 0) - (a.since_ms ?? 0),
  name: byName,
  uptime: (a, b) => figure(a.uptime.day) - figure(b.uptime.day),
  p95: (a, b) => (b.p95_ms ?? -1) - (a.p95_ms ?? -1),
  last: (a, b) => (b.runs?.last_ms ?? 0) - (a.runs?.last_ms ?? 0),
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

function byName(a: OverviewItem, b: OverviewItem): number {
  return (
    collator.compare(a.name, b.name) ||
    collator.compare(a.customer, b.customer) ||
    collator.compare(a.id, b.id)
  )
}

function rank(item: OverviewItem): number {
  return STATE_ORDER.indexOf(item.state)
}

/** Sites without a figure come after all others. */
function figure(value: number | null): number {
  return value ?? 2
}

function inGroups(wanted: OverviewItem[], choice: Choice): Entry[] {
  const attention = choice.sort === 'worst' && !choice.reversed
  const above = attention ? wanted.filter(failing) : []
  const groups = new Map<string, OverviewItem[]>()
  for (const item of wanted) {
    const members = groups.get(item.group)
    if (members === undefined) {
      groups.set(item.group, [item])
    } else {
      members.push(item)
    }
  }
  const entries: Entry[] = []
  if (above.length > 0) {
    const count = above.length
    const group = { name: null, total: count, failing: count, above: 0, folded: false }
    entries.push({ kind: 'group', group }, ...above.map(entryOf))
  }
  for (const name of [...groups.keys()].sort(byGroup)) {
    const members = groups.get(name) ?? []
    const rest = attention ? members.filter((item) => !failing(item)) : members
    const folded = choice.folded.includes(name)
    entries.push({
      kind: 'group',
      group: {
        name,
        total: members.length,
        failing: members.filter(failing).length,
        above: members.length - rest.length,
        folded,
      },
    })
    if (!folded) {
      entries.push(...rest.map(entryOf))
    }
  }
  return entries
}

/** By name, those without a group last. */
function byGroup(a: string, b: string): number {
  return a === '' || b === '' ? b.length - a.length : collator.compare(a, b)
}

function entryOf(item: OverviewItem): Entry {
  return { kind: 'site', key: keyOf(item) }
}

const texts = new WeakMap<OverviewItem, string>()

function searched(item: OverviewItem): string {
  let text = texts.get(item)
  if (text === undefined) {
    text = [item.name, item.id, item.endpoint, item.customer, item.group, item.error ?? '']
      .join('\n')
      .toLowerCase()
    texts.set(item, text)
  }
  return text
}
