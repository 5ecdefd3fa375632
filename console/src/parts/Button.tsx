// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import './parts.css'

interface ButtonProps {
  /** main: what the page is for, one a view. danger: what can't be undone. quiet: icons and lists. */
  kind?: 'main' | 'plain' | 'danger' | 'quiet'
  type?: 'button' | 'submit'
  /** For screen readers, where the content says too little. */
  label?: string
  busy?: boolean
  disabled?: boolean
  onClick?: () => void
  children: ComponentChildren
}

export function Button({
  kind = 'plain',
  type = 'button',
  label,
  busy = false,
  disabled = false,
  onClick,
  children,
}: ButtonProps) {
  return (
    <button
      class={`button button-${kind}`}
      type={type}
      aria-label={label}
      title={label}
      aria-busy={busy}
      disabled={disabled || busy}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
