// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { SiteState } from '../api/types'
import './parts.css'

/** What a state is called, and a shape of its own, so that nobody needs the colour. */
export const STATES: Record<SiteState, { word: string; tone: Tone; path: string }> = {
  up: { word: 'Up', tone: 'up', path: 'M3 8.5l3.5 3.5L13 4.5' },
  down: { word: 'Down', tone: 'down', path: 'M4 4l8 8M12 4l-8 8' },
  doubtful: { word: 'Doubtful', tone: 'doubtful', path: 'M8 3v6.5M8 12.5v.5' },
  maintenance: { word: 'Maintenance', tone: 'idle', path: 'M5.5 4v8M10.5 4v8' },
  disabled: { word: 'Paused', tone: 'idle', path: 'M5.5 4v8M10.5 4v8' },
  unknown: { word: 'Pending', tone: 'idle', path: 'M4 8h8' },
}

type Tone = 'up' | 'down' | 'doubtful' | 'idle'

export function State({ state, compact = false }: { state: SiteState; compact?: boolean }) {
  const { word, tone, path } = STATES[state]
  return (
    <span class={`state state-${tone}`}>
      <Shape path={path} />
      <span class={compact ? 'visually-hidden' : ''}>{word}</span>
    </span>
  )
}

/** The shape of a state. */
export function Shape({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" />
    </svg>
  )
}
