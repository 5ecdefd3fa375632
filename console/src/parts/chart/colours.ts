// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { signal } from '@preact/signals'

/** Another number whenever colours may be others: the viewer's choice, or the system's. */
export const theme = signal(0)

const turned = () => {
  theme.value++
}
new MutationObserver(turned).observe(document.documentElement, {
  attributeFilter: ['data-theme'],
})
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', turned)

/** What a canvas can't look up by itself. */
export interface Ink {
  /** The colour of a token, as it is now. */
  colour: (token: string) => string
  font: string
}

/** Reads tokens as they hold at an element. A token's text is light-dark(…), which a canvas refuses. */
export function inkOf(element: HTMLElement): Ink {
  const known = new Map<string, string>()
  const small = getComputedStyle(element)
  return {
    font: `${parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.75}px ${small.fontFamily}`,
    colour: (token) => {
      let found = known.get(token)
      if (found === undefined) {
        const probe = document.createElement('span')
        probe.hidden = true
        probe.style.setProperty('color', `var(${token})`)
        element.append(probe)
        found = getComputedStyle(probe).color
        probe.remove()
        known.set(token, found)
      }
      return found
    },
  }
}
