// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { OverviewItem } from '../../api/types'
import { failing } from './arrange'
import { keyOf } from './board'

/** What has to stand beside a site's name, because nothing else on the page says it. */
export interface Naming {
  customer: boolean
  group: 'never' | 'failing' | 'always'
}

/** The group to name beside a site; '' for none. */
export function groupBeside(item: OverviewItem, { group }: Naming): string {
  return group === 'always' || (group === 'failing' && failing(item)) ? item.group : ''
}

/** By which a site's link is found again, to give it the focus. */
export function linkId(site: { customer: string; id: string } | string): string {
  return `site/${typeof site === 'string' ? site : keyOf(site)}`
}
