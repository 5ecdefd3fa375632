// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'
import type { Group } from './arrange'
import { groupAt, windowOf, type Line, type Window } from './window'

interface Shown extends Window {
  /** The group that is at the top of the screen, where its head is not. */
  group: Group | null
}

/**
 * Which lines to draw of a list that scrolls with the page.
 *
 * @param covered height at the top of the screen that other things cover
 */
export function useWindow(
  list: RefObject<HTMLElement | null>,
  lines: Line[],
  covered: number,
): Shown {
  const [shown, setShown] = useState<Shown>({ from: 0, to: 0, group: null })
  useLayoutEffect(() => {
    const look = () => {
      const top = -(list.current?.getBoundingClientRect().top ?? 0)
      const next = windowOf(lines, top, window.innerHeight)
      const group = top + covered > 0 ? groupAt(lines, top + covered) : null
      setShown((old) =>
        old.from === next.from && old.to === next.to && old.group === group
          ? old
          : { ...next, group },
      )
    }
    look()
    addEventListener('scroll', look, { passive: true })
    addEventListener('resize', look)
    return () => {
      removeEventListener('scroll', look)
      removeEventListener('resize', look)
    }
  }, [list, lines, covered])
  return shown
}
