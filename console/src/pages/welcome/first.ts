// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Me, SiteDefinition, TriedRun } from '../../api/types'
import { milliseconds } from '../../parts/format'

/** Longest id of a site (docs/sites.md). */
const ID_MAX = 63

/** The site that somebody means by an address; null for an empty one. What is wrong with it is the server's to say. */
export function siteOf(text: string): SiteDefinition | null {
  const address = text.trim()
  if (address === '') {
    return null
  }
  const endpoint = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`
  return { id: idOf(endpoint), endpoint }
}

/** The host's name, as far as an id may have it. */
function idOf(endpoint: string): string {
  const host = endpoint.replace(/^[^:]*:\/\//, '').split(/[/?#:]/, 1)[0] ?? ''
  const id = host
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, ID_MAX)
  return id === '' ? 'site' : id
}

/** For whom somebody may add a site, the first of those; null where for nobody. */
export function customerOf(me: Me | null): string | null {
  const may = Object.entries(me?.roles ?? {}).filter(([, role]) => role !== 'viewer')
  const [first] = may.map(([customer]) => customer).filter((customer) => customer !== '*')
  return first ?? (may.length > 0 ? 'default' : null)
}

/** What a tried check found, in a line. */
export function told(run: TriedRun): string {
  if (!run.up) {
    return `Down: ${run.failed_expectation ?? run.error ?? 'the check failed'}`
  }
  const status = run.status === null ? 'It is up' : `Up: answered ${run.status}`
  const latency = run.latency_s === null ? '' : ` in ${milliseconds(run.latency_s * 1000)}`
  const days = run.certificate_days
  const certificate = days === null ? '' : ` The certificate is good for ${Math.floor(days)} days.`
  return `${status}${latency}.${certificate}`
}
