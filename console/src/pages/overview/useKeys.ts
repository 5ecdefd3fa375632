// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { linkId } from './naming'
import type { Line } from './window'

/**
 * Moves between the sites by keys: j and k from anywhere on the page, arrows within the list.
 *
 * @param at the site that has, or would get, the focus
 */
export function useKeys(
  list: RefObject<HTMLElement | null>,
  lines: Line[],
  at: string | null,
  setAt: (key: string) => void,
): void {
  const wanted = useRef<string | null>(null)
  useLayoutEffect(() => {
    // The line may be in the document only after the page has scrolled to it.
    const link = wanted.current === null ? null : document.getElementById(linkId(wanted.current))
    if (link !== null) {
      wanted.current = null
      link.focus({ preventScroll: true })
    }
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest(TYPING) !== null) {
        return
      }
      const step = stepOf(event.key, list.current?.contains(target) === true)
      const keys = lines.flatMap((line) => (line.kind === 'sites' ? line.keys : []))
      if (step === null || keys.length === 0) {
        return
      }
      event.preventDefault()
      const focused = at !== null && document.activeElement?.id === linkId(at)
      const place = at === null ? -1 : keys.indexOf(at)
      // The first press goes to the site that the list is at, the next ones go on from there.
      const next = Math.abs(step) === 1 && !focused && place >= 0 ? place : place + step
      const key = keys[Math.max(0, Math.min(keys.length - 1, next))] ?? ''
      wanted.current = key
      reveal(list.current, lines, key)
      setAt(key)
      document.getElementById(linkId(key))?.focus({ preventScroll: true })
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [list, lines, at, setAt])
  useEffect(() => {
    const element = list.current
    const note = (event: FocusEvent) => {
      const id = (event.target as HTMLElement).id
      if (id.startsWith(linkId(''))) {
        setAt(id.slice(linkId('').length))
      }
    }
    element?.addEventListener('focusin', note)
    return () => element?.removeEventListener('focusin', note)
  }, [list, setAt])
}

const TYPING = 'input, textarea, select, dialog, [contenteditable]'

function stepOf(key: string, within: boolean): number | null {
  switch (key) {
    case 'j':
      return 1
    case 'k':
      return -1
    case 'ArrowDown':
      return within ? 1 : null
    case 'ArrowUp':
      return within ? -1 : null
    case 'Home':
      return within ? -Infinity : null
    case 'End':
      return within ? Infinity : null
    default:
      return null
  }
}

/** Rows that bar, head and pinned group cover. */
const COVERED = 2.5

/** Scrolls no further than needed to have a site's line between what covers the page's ends. */
function reveal(list: HTMLElement | null, lines: Line[], key: string): void {
  const line = lines.find((each) => each.kind === 'sites' && each.keys.includes(key))
  if (list === null || line === undefined) {
    return
  }
  const top = list.getBoundingClientRect().top + line.top
  const margin = COVERED * line.height
  if (top < margin) {
    window.scrollBy(0, top - margin)
  } else if (top + line.height > window.innerHeight - line.height) {
    window.scrollBy(0, top + 2 * line.height - window.innerHeight)
  }
}
