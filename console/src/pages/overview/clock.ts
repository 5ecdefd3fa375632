// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** The browser's clock, a second at a time while a page looks at it. */
export const second = signal(Date.now())

export function useClock(): void {
  useEffect(() => {
    const tick = () => {
      if (!document.hidden) {
        second.value = Date.now()
      }
    }
    tick()
    const timer = setInterval(tick, 1000)
    document.addEventListener('visibilitychange', tick)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tick)
    }
  }, [])
}

const STEPS: [number, string][] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
]

/** A time since a moment in one unit, so that a column of them stays narrow: 12 s, 3 min. */
export function shortTime(then_ms: number, now_ms: number): string {
  const seconds = Math.max(0, Math.floor((now_ms - then_ms) / 1000))
  const [size, unit] = STEPS.find(([each]) => seconds >= each) ?? [1, 's']
  return `${Math.floor(seconds / size)} ${unit}`
}
