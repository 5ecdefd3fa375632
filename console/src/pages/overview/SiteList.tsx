// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useCallback, useMemo, useRef, useState } from 'preact/hooks'
import type { OverviewItem } from '../../api/types'
import { Button } from '../../parts/Button'
import { setQuery } from '../../shell/route'
import { queryOf, type Choice, type Sort } from './choice'
import { GroupHead, Pinned } from './GroupHead'
import { Head } from './Head'
import type { Naming } from './naming'
import { SiteCard } from './SiteCard'
import { SiteRow } from './SiteRow'
import { live } from './store'
import { useEntries } from './useEntries'
import { useKeys } from './useKeys'
import { useMeasures } from './useMeasures'
import { useReading } from './useReading'
import { useWindow } from './useWindow'
import { heightOf, linesOf, type Line } from './window'

/** All sites that are wanted; only those in sight are in the document. */
export function SiteList({
  items,
  choice,
  naming,
}: {
  items: OverviewItem[]
  choice: Choice
  naming: Naming
}) {
  const list = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const reading = useReading(list)
  const { entries, changed, resort } = useEntries(items, choice, reading && live.complete.value)
  const { cards, columns, group, site, covered } = useMeasures(choice.view)
  const lines = useMemo(
    () => linesOf(entries, { columns, group, site }),
    [entries, columns, group, site],
  )
  const { from, to, group: pinned } = useWindow(list, lines, covered)
  const first = lines.find((line) => line.kind === 'sites')?.keys[0] ?? null
  const at = current !== null && live.board.site(current) !== undefined ? current : first
  useKeys(list, lines, at, setCurrent)

  const fold = useCallback((name: string) => setQuery(queryOf(folding(choice, name))), [choice])
  const sort = (next: Sort, reversed: boolean) => setQuery(queryOf({ sort: next, reversed }))
  const shared = { naming, at, cards: cards ? columns : 0, fold }
  return (
    <div
      class={cards ? 'overview-cards' : 'overview-rows'}
      role={cards ? 'list' : 'table'}
      aria-label="Sites"
      aria-rowcount={cards ? undefined : lines.length + 1}
    >
      {!cards && <Head choice={choice} onSort={sort} />}
      {pinned !== null && <Pinned group={pinned} />}
      <div
        ref={list}
        class="overview-list"
        role={cards ? 'presentation' : 'rowgroup'}
        style={{ height: `${heightOf(lines)}px` }}
      >
        {lines.slice(from, to).map((line, place) => (
          <ListLine key={line.key} line={line} place={from + place} {...shared} />
        ))}
      </div>
      {changed && (
        <div class="overview-resort">
          <Button onClick={resort}>The order has changed: sort again</Button>
        </div>
      )}
    </div>
  )
}

function ListLine({
  line,
  place,
  naming,
  at,
  cards,
  fold,
}: {
  line: Line
  place: number
  naming: Naming
  at: string | null
  /** How many stand beside each other; 0 for rows. */
  cards: number
  fold: (name: string) => void
}) {
  const style = { top: `${line.top}px`, height: `${line.height}px` }
  if (line.kind === 'group') {
    return (
      <div
        class="overview-group-line"
        style={style}
        role={cards > 0 ? 'listitem' : 'row'}
        aria-rowindex={cards > 0 ? undefined : place + 2}
      >
        <span role={cards > 0 ? undefined : 'cell'}>
          <GroupHead group={line.group} onFold={fold} />
        </span>
      </div>
    )
  }
  if (cards === 0) {
    const key = line.keys[0] ?? ''
    const found = live.board.site(key)
    return (
      <div class="overview-line overview-row" style={style} role="row" aria-rowindex={place + 2}>
        {found !== undefined && <SiteRow site={found} naming={naming} current={key === at} />}
      </div>
    )
  }
  return (
    <div
      class="overview-card-line"
      style={{ ...style, gridTemplateColumns: `repeat(${cards}, minmax(0, 1fr))` }}
      role="presentation"
    >
      {line.keys.map((key) => {
        const found = live.board.site(key)
        return (
          <div key={key} class="overview-card" role="listitem">
            {found !== undefined && <SiteCard site={found} naming={naming} current={key === at} />}
          </div>
        )
      })}
    </div>
  )
}

function folding({ folded }: Choice, name: string): Pick<Choice, 'folded'> {
  return {
    folded: folded.includes(name) ? folded.filter((each) => each !== name) : [...folded, name],
  }
}
