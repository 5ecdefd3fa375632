// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useRef, useState } from 'preact/hooks'
import './parts.css'
import { Button } from './Button'

const SHOWN_MS = 4000

/** A text to take elsewhere, with a button for it. */
export function CopyText({ text, label }: { text: string; label: string }) {
  const code = useRef<HTMLPreElement>(null)
  const [said, setSaid] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSaid(''), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [said])
  const copy = () => {
    // Only secure pages have a clipboard; elsewhere the text is marked, ready for the keys.
    const { clipboard } = navigator as { clipboard?: Clipboard }
    const copied = clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))
    copied.then(
      () => setSaid('Copied'),
      () => {
        if (code.current !== null) {
          getSelection()?.selectAllChildren(code.current)
        }
        setSaid('Marked: copy it with your keys')
      },
    )
  }
  return (
    <div class="copy">
      {/* It scrolls, so the keyboard has to get there. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre ref={code} tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <div class="copy-end">
        <Button onClick={copy}>Copy</Button>
        <span role="status">{said}</span>
      </div>
    </div>
  )
}
