// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useRef, useState } from 'preact/hooks'
import type { OverviewItem } from '../../api/types'
import { live } from './store'
import { statesOf, turnsInWords, type States } from './turns'

/** Tells screen readers which sites went down or came up: what others see happen in the list. */
export function Turns({ items }: { items: OverviewItem[] }) {
  const [said, setSaid] = useState('')
  const before = useRef<States | null>(null)
  const complete = live.complete.value
  useEffect(() => {
    const text = before.current === null ? '' : turnsInWords(before.current, items)
    before.current = complete ? statesOf(items) : null
    if (text !== '') {
      setSaid(text)
    }
  }, [items, complete])
  return (
    <p class="visually-hidden" role="status">
      {said}
    </p>
  )
}
