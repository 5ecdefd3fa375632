// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Entry, Group } from './arrange'
import { nameOf } from './hold'

/** What is drawn as one line: a group's head, or as many sites as stand beside each other. */
export type Line = { key: string; top: number; height: number } & (
  { kind: 'group'; group: Group } | { kind: 'sites'; keys: string[] }
)

export interface Measures {
  /** Sites beside each other. */
  columns: number
  /** Heights in pixels, with the space below. */
  group: number
  site: number
}

/** Puts the entries in lines, one below the other. */
export function linesOf(entries: Entry[], measures: Measures): Line[] {
  const lines: Line[] = []
  let top = 0
  let open: string[] | null = null
  for (const entry of entries) {
    if (entry.kind === 'site' && open !== null && open.length < measures.columns) {
      open.push(entry.key)
      continue
    }
    const key = nameOf(entry)
    if (entry.kind === 'group') {
      open = null
      lines.push({ kind: 'group', key, top, height: measures.group, group: entry.group })
    } else {
      open = [entry.key]
      lines.push({ kind: 'sites', key, top, height: measures.site, keys: open })
    }
    top += entry.kind === 'group' ? measures.group : measures.site
  }
  return lines
}

export function heightOf(lines: Line[]): number {
  const last = lines.at(-1)
  return last === undefined ? 0 : last.top + last.height
}

/** Which lines to draw: [from, to). */
export interface Window {
  from: number
  to: number
}

const STEP = 8

/** A list of so few lines is drawn whole: it can be printed, and searched with the browser's keys. */
const WHOLE_MAX = 100

/**
 * The lines between two heights, a screen more on both sides, in steps: scrolling draws nothing new
 * until a step is over, and what comes into sight has been there before.
 */
export function windowOf(lines: Line[], top: number, height: number): Window {
  if (lines.length <= WHOLE_MAX) {
    return { from: 0, to: lines.length }
  }
  const from = lineAt(lines, top - height)
  const to = lineAt(lines, top + 2 * height) + 1
  return {
    from: Math.floor(from / STEP) * STEP,
    to: Math.min(lines.length, Math.ceil(to / STEP) * STEP),
  }
}

/** The last line that begins at or above a height; the first one for heights above it. */
export function lineAt(lines: Line[], at: number): number {
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((lines[middle]?.top ?? 0) <= at) {
      low = middle
    } else {
      high = middle - 1
    }
  }
  return Math.max(0, low)
}

/** The group that a height is within, below its head; null above it, and without groups. */
export function groupAt(lines: Line[], at: number): Group | null {
  for (let place = lineAt(lines, at); place >= 0; place--) {
    const line = lines[place]
    if (line?.kind === 'group') {
      return line.top < at ? line.group : null
    }
  }
  return null
}
