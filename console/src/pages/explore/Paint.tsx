// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Marked } from './place'
import { tokensOf } from './tokens'

/** A text this long is shown in one colour: nobody waits for paint while typing. */
const PAINTED_MAX = 50_000

/** The text of the editor in colours, exactly below the letters of its field. */
export function Paint({
  text,
  wrong,
  left,
  top,
}: {
  text: string
  wrong: Marked | null
  left: number
  top: number
}) {
  return (
    <div class="explore-paint" aria-hidden="true">
      <pre style={{ transform: `translate(${-left}px, ${-top}px)` }}>
        {text.length > PAINTED_MAX ? text : painted(text, wrong)}
        {'\n'}
      </pre>
    </div>
  )
}

function painted(text: string, wrong: Marked | null) {
  return tokensOf(text).map((token) => {
    const bad = wrong !== null && token.from < wrong.to && wrong.from < token.to
    const plain = token.kind === 'space' || token.kind === 'sign' || token.kind === 'name'
    return plain && !bad ? (
      token.text
    ) : (
      <span key={token.from} class={`explore-${token.kind}${bad ? ' explore-wrong' : ''}`}>
        {token.text}
      </span>
    )
  })
}
