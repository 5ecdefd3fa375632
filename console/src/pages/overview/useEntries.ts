// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useMemo, useRef, useState } from 'preact/hooks'
import type { OverviewItem } from '../../api/types'
import { arrange, type Entry } from './arrange'
import type { Choice } from './choice'
import { differs, held } from './hold'

/**
 * The entries to show: in their order, or in the one that is being read.
 *
 * @param steady whether the order has to stay
 * @returns also whether the order would be another, and what takes that one
 */
export function useEntries(
  items: OverviewItem[],
  choice: Choice,
  steady: boolean,
): { entries: Entry[]; changed: boolean; resort: () => void } {
  const fresh = useMemo(() => arrange(items, choice), [items, choice])
  const last = useRef<{ choice: Choice; entries: Entry[] } | null>(null)
  const [, setTurn] = useState(0)
  const keep = steady && last.current?.choice === choice
  const shown = last.current?.entries
  const entries = useMemo(
    () => (keep && shown !== undefined ? held(shown, fresh, items) : fresh),
    [keep, shown, fresh, items],
  )
  const changed = useMemo(() => keep && differs(entries, fresh), [keep, entries, fresh])
  last.current = { choice, entries }
  const resort = () => {
    last.current = null
    setTurn((turn) => turn + 1)
  }
  return { entries, changed, resort }
}
