// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from 'preact/hooks'
import type { Choice } from './choice'
import type { Measures } from './window'

/** Sizes of the lines in rem, as overview.css has them. */
const ROW = 3.25
const CARD = 11.75
const CARD_WIDTH = 20
const GROUP = 2.75
/** --page-wide of tokens.css */
const PAGE_WIDTH_MAX = 104
/** Narrower than this there are cards, whatever was chosen. */
const ROWS_WIDTH_MIN = 44

/** What covers the list at the top of the screen: the frame's bar, and the head of the table. */
const BAR = 3.25
const HEAD = 2.25

interface Layout extends Measures {
  cards: boolean
  /** Height of what covers the list, in pixels. */
  covered: number
}

/** How the list is laid out in a page this wide, in letters of this size. */
export function useMeasures(view: Choice['view']): Layout {
  const [width, setWidth] = useState(() => document.documentElement.clientWidth)
  useEffect(() => {
    const look = () => setWidth(document.documentElement.clientWidth)
    addEventListener('resize', look)
    return () => removeEventListener('resize', look)
  }, [])
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
  return layoutOf(view, width / rem, rem)
}

/** @param width of the page, in rem */
export function layoutOf(view: Choice['view'], width: number, rem: number): Layout {
  const cards = view === 'cards' || width < ROWS_WIDTH_MIN
  const inner = Math.min(width, PAGE_WIDTH_MAX) - 3
  return {
    cards,
    columns: cards ? Math.max(1, Math.floor(inner / CARD_WIDTH)) : 1,
    group: GROUP * rem,
    site: (cards ? CARD : ROW) * rem,
    covered: (cards ? BAR : BAR + HEAD) * rem,
  }
}
