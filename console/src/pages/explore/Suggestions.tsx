// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Completion } from './complete'

/** What could be written at the caret, below it. The keyboard stays in the field. */
export function Suggestions({
  id,
  completion,
  chosen,
  text,
  scroll,
  onTake,
}: {
  id: string
  completion: Completion
  chosen: number
  text: string
  scroll: { left: number; top: number }
  onTake: (index: number) => void
}) {
  const lines = text.slice(0, completion.from).split('\n')
  const column = lines.at(-1)?.length ?? 0
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <div
      ref={list}
      id={id}
      class="explore-suggestions"
      role="listbox"
      aria-label="Suggestions"
      style={{
        '--line': String(lines.length),
        '--column': String(column),
        '--left': `${scroll.left}px`,
        '--top': `${scroll.top}px`,
      }}
    >
      {completion.items.map((item, index) => (
        // The field has the keyboard; the pointer must not take it away.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={item.name}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(index)}
        >
          <span class="code">{item.name}</span>
          <span class="explore-about">{item.about}</span>
        </div>
      ))}
    </div>
  )
}
