// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { OverviewItem } from '../../api/types'
import { href } from '../../shell/route'
import { groupBeside, linkId, type Naming } from './naming'

/** A site's name, which is a link, with whose it is where that is not plain. */
export function SiteTitle({
  item,
  naming,
  current,
}: {
  item: OverviewItem
  naming: Naming
  current: boolean
}) {
  const group = groupBeside(item, naming)
  return (
    <>
      <a
        id={linkId(item)}
        class={naming.customer ? 'overview-name overview-name-short' : 'overview-name'}
        href={href(['sites', item.customer, item.id])}
        dir="auto"
        title={item.name}
        tabIndex={current ? 0 : -1}
      >
        {item.name}
      </a>
      {naming.customer && <span class="overview-tag">{item.customer}</span>}
      {group !== '' && (
        <span class="overview-tag" dir="auto">
          {group}
        </span>
      )}
    </>
  )
}
