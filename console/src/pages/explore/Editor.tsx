// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { complete, type Completion, type Known } from './complete'
import './editor.css'
import { Paint } from './Paint'
import type { Marked } from './place'
import { Suggestions } from './Suggestions'

interface EditorProps {
  value: string
  onInput: (value: string) => void
  onRun: () => void
  /** Escape, where it closes nothing. */
  onEscape: () => void
  known: Known
  wrong: Marked | null
  /** Id of what says what is wrong. */
  describedBy?: string
  /** Grows with each wish to see the marked place. */
  goTo: number
}

/** Lines that the field shows by itself; people may pull it larger. */
const ROWS_MIN = 6
const ROWS_MAX = 16

/** Where the caret is to be after the next drawing. */
type Caret = number | null

/**
 * A field for SQL: a real textarea, with its text painted below it. Tab is two spaces, until Escape
 * was pressed: then it leaves, so that the keyboard is never trapped.
 */
export function Editor(props: EditorProps) {
  const { value, onInput, known, wrong } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const [scroll, setScroll] = useState({ left: 0, top: 0 })
  const [completion, setCompletion] = useState<Completion | null>(null)
  const [chosen, setChosen] = useState(0)
  const leaving = useRef(false)
  const caret = useRef<Caret>(null)
  const id = useId()

  useLayoutEffect(() => {
    if (caret.current !== null) {
      field.current?.setSelectionRange(caret.current, caret.current)
      caret.current = null
    }
  }, [value])

  const latestWrong = useRef(wrong)
  latestWrong.current = wrong
  useLayoutEffect(() => {
    const place = latestWrong.current
    if (props.goTo > 0 && place !== null) {
      field.current?.focus()
      field.current?.setSelectionRange(place.from, place.to)
    }
  }, [props.goTo])

  const suggest = (text: string, at: number, wanted: boolean) => {
    setCompletion(complete(text, at, known, wanted))
    setChosen(0)
  }
  const replace = (from: number, to: number, text: string) => {
    const element = field.current
    if (element === null) {
      return
    }
    element.setSelectionRange(from, to)
    // The one way of writing that the browser's own undo knows of.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    if (!document.execCommand('insertText', false, text)) {
      caret.current = from + text.length
      onInput(value.slice(0, from) + text + value.slice(to))
    }
  }
  const take = (index: number) => {
    const item = completion?.items[index]
    if (completion !== null && item !== undefined) {
      replace(completion.from, completion.to, item.text)
    }
    setCompletion(null)
  }
  const press = (event: KeyboardEvent) => {
    const { selectionStart = 0, selectionEnd = 0 } = field.current ?? {}
    const left = leaving.current
    leaving.current = false
    const done = keyOf(event, completion !== null, left)
    switch (done) {
      case 'run':
        setCompletion(null)
        props.onRun()
        break
      case 'suggest':
        suggest(value, selectionStart, true)
        break
      case 'close':
        setCompletion(null)
        break
      case 'escape':
        leaving.current = true
        props.onEscape()
        break
      case 'up':
      case 'down': {
        const count = completion?.items.length ?? 1
        setChosen((chosen + (done === 'down' ? 1 : count - 1)) % count)
        break
      }
      case 'take':
        take(chosen)
        break
      case 'indent':
        replace(selectionStart, selectionEnd, '  ')
        break
      case null:
        return
    }
    event.preventDefault()
  }
  const active = completion === null ? undefined : `${id}-${chosen}`
  return (
    <div class="explore-editor">
      <Paint text={value} wrong={wrong} left={scroll.left} top={scroll.top} />
      <textarea
        ref={field}
        class="explore-field"
        aria-label="SQL"
        aria-autocomplete="list"
        aria-controls={completion === null ? undefined : id}
        aria-activedescendant={active}
        aria-invalid={wrong !== null}
        aria-describedby={[`${id}-keys`, props.describedBy].filter(Boolean).join(' ')}
        autocapitalize="off"
        autocomplete="off"
        spellcheck={false}
        rows={Math.min(ROWS_MAX, Math.max(ROWS_MIN, value.split('\n').length + 1))}
        value={value}
        onInput={(event) => {
          const { value: text, selectionStart } = event.currentTarget
          onInput(text)
          suggest(text, selectionStart, false)
        }}
        onKeyDown={press}
        onScroll={(event) => {
          const { scrollLeft, scrollTop } = event.currentTarget
          setScroll({ left: scrollLeft, top: scrollTop })
        }}
        onClick={() => setCompletion(null)}
        onBlur={() => setCompletion(null)}
      />
      <p id={`${id}-keys`} class="visually-hidden">
        Control and Enter runs it. Control and Space suggests. Tab writes spaces; press Escape first
        to leave with Tab.
      </p>
      {completion !== null && (
        <Suggestions
          id={id}
          completion={completion}
          chosen={chosen}
          text={value}
          scroll={scroll}
          onTake={take}
        />
      )}
    </div>
  )
}

type Done = 'run' | 'suggest' | 'close' | 'escape' | 'up' | 'down' | 'take' | 'indent' | null

/** What a key is for: with suggestions open some are theirs. */
export function keyOf(
  event: { key: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean; altKey: boolean },
  open: boolean,
  leaving: boolean,
): Done {
  const command = event.ctrlKey || event.metaKey
  if (command && event.key === 'Enter') {
    return 'run'
  }
  if (event.ctrlKey && event.key === ' ') {
    return 'suggest'
  }
  if (command || event.altKey) {
    return null
  }
  switch (event.key) {
    case 'Escape':
      return open ? 'close' : 'escape'
    case 'Tab':
      return event.shiftKey || leaving ? null : open ? 'take' : 'indent'
    case 'Enter':
      return open && !event.shiftKey ? 'take' : null
    case 'ArrowUp':
      return open ? 'up' : null
    case 'ArrowDown':
      return open ? 'down' : null
    default:
      return null
  }
}
