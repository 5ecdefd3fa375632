// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { SiteState } from '../../api/types'

// What somebody wants to see of the board, as the address has it.

export type Sort = 'worst' | 'name' | 'uptime' | 'p95' | 'last'

export const SORTS: [Sort, string][] = [
  ['worst', 'Worst first'],
  ['name', 'Name'],
  ['uptime', 'Uptime'],
  ['p95', 'p95 latency'],
  ['last', 'Last check'],
]

/** The order of the chips, and of the rows when the worst come first. */
export const STATE_ORDER: SiteState[] = [
  'down',
  'doubtful',
  'unknown',
  'maintenance',
  'up',
  'disabled',
]

export interface Choice {
  text: string
  /** Empty for all. */
  states: SiteState[]
  group: string | null
  customer: string | null
  sort: Sort
  /** The other way round. */
  reversed: boolean
  /** Sites under their groups. */
  grouped: boolean
  view: 'auto' | 'rows' | 'cards'
  /** Groups that are folded. */
  folded: string[]
}

export function choiceOf(query: URLSearchParams): Choice {
  const sort = query.get('sort') ?? ''
  const name = sort.replace(/^-/, '')
  const view = query.get('view')
  return {
    text: query.get('q') ?? '',
    states: listed(query.get('state')).filter((each): each is SiteState =>
      STATE_ORDER.includes(each as SiteState),
    ),
    group: query.get('group'),
    customer: query.get('customer'),
    sort: SORTS.some(([each]) => each === name) ? (name as Sort) : 'worst',
    reversed: sort.startsWith('-'),
    grouped: query.get('groups') !== 'off',
    view: view === 'rows' || view === 'cards' ? view : 'auto',
    folded: listed(query.get('folded')).map(unescaped),
  }
}

/** A choice's part of the address; undefined for what is as it would be anyway. */
export function queryOf(choice: Partial<Choice>): Record<string, string | undefined> {
  const query: Record<string, string | undefined> = {}
  if (choice.text !== undefined) {
    query['q'] = choice.text
  }
  if (choice.states !== undefined) {
    query['state'] = choice.states.join(',')
  }
  if (choice.group !== undefined) {
    query['group'] = choice.group ?? undefined
  }
  if (choice.customer !== undefined) {
    query['customer'] = choice.customer ?? undefined
  }
  if (choice.sort !== undefined) {
    const way = choice.reversed === true ? '-' : ''
    query['sort'] = choice.sort === 'worst' && way === '' ? undefined : way + choice.sort
  }
  if (choice.grouped !== undefined) {
    query['groups'] = choice.grouped ? undefined : 'off'
  }
  if (choice.view !== undefined) {
    query['view'] = choice.view === 'auto' ? undefined : choice.view
  }
  if (choice.folded !== undefined) {
    query['folded'] = choice.folded.map(encodeURIComponent).join(',')
  }
  return query
}

/** Whether anything is left out. */
export function narrows(choice: Choice): boolean {
  return (
    choice.text !== '' ||
    choice.states.length > 0 ||
    choice.group !== null ||
    choice.customer !== null
  )
}

function listed(text: string | null): string[] {
  return (text ?? '').split(',').filter(Boolean)
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
