// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import './parts.css'

/** A dialog over the page. Without onClose it can't be left: what it asks must be answered. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string
  onClose?: () => void
  children: ComponentChildren
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const going = useRef(false)
  const heading = useId()
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    // Only one that is closed gives the focus back to where it was.
    return () => {
      going.current = true
      element?.close()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
      onClose={(event) => {
        // Browsers close it themselves where Escape is pressed twice.
        if (going.current) {
          return
        }
        if (onClose === undefined) {
          event.currentTarget.showModal()
        } else {
          onClose()
        }
      }}
    >
      <h2 id={heading}>{title}</h2>
      {children}
    </dialog>
  )
}
