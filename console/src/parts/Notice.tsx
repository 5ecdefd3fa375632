// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import './parts.css'

/** A sentence that must be seen. A failure is told at once, the rest when the reader pauses. */
export function Notice({
  kind,
  children,
}: {
  kind: 'info' | 'warning' | 'failure'
  children: ComponentChildren
}) {
  return (
    <div class={`notice notice-${kind}`} role={kind === 'failure' ? 'alert' : 'status'}>
      {children}
    </div>
  )
}
