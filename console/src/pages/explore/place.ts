// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { tokensOf } from './tokens'

/** What is wrong, and where in the text: offsets, the end exclusive. */
export interface Marked {
  line: number
  column: number
  from: number
  to: number
}

/** The place that a message names: line 2:15. Lines and columns begin with 1, columns are characters. */
export function placeOf(message: string, text: string): Marked | null {
  const found = /\bline (\d+):(\d+)/.exec(message)
  if (found === null) {
    return null
  }
  const line = Number(found[1])
  const column = Number(found[2])
  const lines = text.split('\n')
  const before = lines.slice(0, line - 1)
  const own = lines[line - 1]
  if (own === undefined) {
    return null
  }
  const start = before.reduce((sum, each) => sum + each.length + 1, 0)
  // The server counts characters; the browser counts halves of those beyond 16 bits.
  const from =
    start +
    Array.from(own)
      .slice(0, column - 1)
      .join('').length
  const token = tokensOf(text).find((each) => each.from <= from && from < each.to)
  const to = token === undefined || token.kind === 'space' ? from + 1 : token.to
  return { line, column, from, to: Math.min(to, Math.max(text.length, from + 1)) }
}

/** A message without the place at its beginning, which is shown otherwise. */
export function withoutPlace(message: string): string {
  const rest = message.replace(/^line \d+:\d+: /, '')
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}
