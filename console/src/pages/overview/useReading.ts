// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** Somebody whose pointer has not moved for so long is not reading the list any more. */
const READING_MS = 30_000

/** Whether somebody is at the list with pointer or keys: then nothing may move below them. */
export function useReading(list: RefObject<HTMLElement | null>): boolean {
  const [reading, setReading] = useState(false)
  useEffect(() => {
    const element = list.current
    if (element === null) {
      return
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    const begin = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setReading(false), READING_MS)
      setReading(true)
    }
    const end = () => {
      if (!element.contains(document.activeElement) && !element.matches(':hover')) {
        clearTimeout(timer)
        setReading(false)
      }
    }
    const later = () => setTimeout(end)
    const begins = ['pointerenter', 'pointermove', 'focusin', 'keydown'] as const
    const ends = ['pointerleave', 'focusout'] as const
    begins.forEach((name) => element.addEventListener(name, begin))
    ends.forEach((name) => element.addEventListener(name, later))
    return () => {
      clearTimeout(timer)
      begins.forEach((name) => element.removeEventListener(name, begin))
      ends.forEach((name) => element.removeEventListener(name, later))
    }
  }, [list])
  return reading
}
