// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { computed, signal } from '@preact/signals'

// Routes are in the fragment, so that the same files work below any path of any server.

export interface Route {
  /** Segments, decoded: #/sites/acme/shop is sites, acme, shop. */
  segments: string[]
  query: URLSearchParams
}

const fragment = signal(location.hash)

addEventListener('hashchange', () => {
  fragment.value = location.hash
})

export const route = computed<Route>(() => parse(fragment.value))

export function parse(hash: string): Route {
  const text = hash.replace(/^#\/?/, '')
  const question = text.indexOf('?')
  const path = question < 0 ? text : text.slice(0, question)
  return {
    segments: path.split('/').filter(Boolean).map(decoded),
    query: new URLSearchParams(question < 0 ? '' : text.slice(question + 1)),
  }
}

/** The address of a page. */
export function href(segments: string[], query: Record<string, string | undefined> = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      parameters.set(name, value)
    }
  }
  const text = parameters.toString()
  return `#/${segments.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`
}

export function go(to: string): void {
  location.hash = to
}

/** Changes the query of the present page, in place: the back button leaves the page. */
export function setQuery(changes: Record<string, string | undefined>): void {
  const { segments, query } = route.value
  const next: Record<string, string | undefined> = Object.fromEntries(query)
  Object.assign(next, changes)
  const to = href(segments, next)
  history.replaceState(null, '', to)
  fragment.value = to
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
