// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'
import { windowOf, type Line, type Window } from './window'

/** Which lines to draw of a list that scrolls with the page. */
export function useWindow(list: RefObject<HTMLElement | null>, lines: Line[]): Window {
  const [shown, setShown] = useState<Window>({ from: 0, to: 0 })
  useLayoutEffect(() => {
    const look = () => {
      const top = -(list.current?.getBoundingClientRect().top ?? 0)
      const next = windowOf(lines, top, window.innerHeight)
      setShown((old) => (old.from === next.from && old.to === next.to ? old : next))
    }
    look()
    addEventListener('scroll', look, { passive: true })
    addEventListener('resize', look)
    return () => {
      removeEventListener('scroll', look)
      removeEventListener('resize', look)
    }
  }, [list, lines])
  return shown
}
