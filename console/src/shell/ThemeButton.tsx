// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { signal } from '@preact/signals'
import { Button } from '../parts/Button'

type Theme = 'system' | 'light' | 'dark'

const KEY = 'weir.theme'
const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }

const theme = signal<Theme>(stored())
apply(theme.value)

/** Turns from the system's colours to light, to dark, and back. */
export function ThemeButton() {
  const turn = () => {
    theme.value = NEXT[theme.value]
    apply(theme.value)
    localStorage.setItem(KEY, theme.value)
  }
  return (
    <Button
      kind="quiet"
      onClick={turn}
      label={`Colours: ${theme.value}. Turn to ${NEXT[theme.value]}`}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" />
        {theme.value !== 'light' && (
          <path
            d={
              theme.value === 'dark' ? 'M8 2a6 6 0 0 1 0 12a6 6 0 0 1 0-12' : 'M8 2a6 6 0 0 1 0 12z'
            }
            fill="currentColor"
          />
        )}
      </svg>
    </Button>
  )
}

function apply(chosen: Theme) {
  if (chosen === 'system') {
    delete document.documentElement.dataset['theme']
  } else {
    document.documentElement.dataset['theme'] = chosen
  }
}

function stored(): Theme {
  const text = localStorage.getItem(KEY)
  return text === 'light' || text === 'dark' ? text : 'system'
}
