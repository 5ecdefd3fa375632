// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useId, useRef } from 'preact/hooks'
import type { TextProblem } from '../../api/types'
import { inWords } from './problems'

/** A text with its line numbers, and what is wrong with which line. */
export function LinedText({
  text,
  problems,
  onInput,
}: {
  text: string
  problems: readonly TextProblem[]
  onInput: (text: string) => void
}) {
  const id = useId()
  const numbers = useRef<HTMLPreElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const wrong = new Set(problems.map((problem) => problem.line))
  const lines = text.split('\n').length
  const goTo = (line: number) => {
    const area = field.current
    if (area !== null) {
      const begin =
        text
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length + (line > 1 ? 1 : 0)
      const end = text.indexOf('\n', begin)
      area.focus()
      area.setSelectionRange(begin, end < 0 ? text.length : end)
      area.scrollTop = Math.max(0, (line - 4) * (area.scrollHeight / lines))
    }
  }
  return (
    <>
      <div class="import-text">
        <pre class="import-lines code" ref={numbers} aria-hidden="true">
          {Array.from({ length: lines }, (_, index) => (
            <span key={index} class={wrong.has(index + 1) ? 'import-line-wrong' : ''}>
              {index + 1}
              {'\n'}
            </span>
          ))}
        </pre>
        <textarea
          ref={field}
          id={id}
          class="code"
          aria-label="The text of sites"
          aria-invalid={problems.length > 0}
          aria-describedby={problems.length > 0 ? `${id}-problems` : undefined}
          rows={Math.min(24, Math.max(10, lines + 1))}
          value={text}
          spellcheck={false}
          placeholder={'sites:\n  - id: example\n    endpoint: https://example.com/'}
          onInput={(event) => onInput(event.currentTarget.value)}
          onScroll={(event) => {
            if (numbers.current !== null) {
              numbers.current.scrollTop = event.currentTarget.scrollTop
            }
          }}
        />
      </div>
      {problems.length > 0 && (
        <ul class="import-problems" id={`${id}-problems`}>
          {problems.map((problem, index) => (
            <li key={index}>
              <button type="button" class="import-goto" onClick={() => goTo(problem.line)}>
                Line {problem.line}
              </button>
              <span>
                {problem.site !== '' && <b>{problem.site}: </b>}
                {problem.field === '' ? (
                  inWords(problem.reason)
                ) : (
                  <>
                    <code>{problem.field}</code> {problem.reason}
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
