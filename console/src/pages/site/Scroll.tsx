// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'

/** Something wide, which is scrolled by itself. Whoever has no pointer scrolls it with the keys. */
export function Scroll({
  label,
  old = false,
  children,
}: {
  label: string
  /** Of the question before. */
  old?: boolean
  children: ComponentChildren
}) {
  const name = old ? 'site-scroll site-old' : 'site-scroll'
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div class={name} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  )
}
