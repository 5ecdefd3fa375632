// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import './parts.css'
import { Button } from './Button'

/** Nothing there yet, and what to do about it. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="placeholder">
      <h2>{title}</h2>
      {children}
    </div>
  )
}

/** It could not be had, why, and another try. */
export function Failed({ failure, again }: { failure: Error; again?: () => void }) {
  return (
    <div class="placeholder placeholder-failed" role="alert">
      <h2>That did not work</h2>
      <p>{failure.message}</p>
      {again !== undefined && <Button onClick={again}>Try again</Button>}
    </div>
  )
}

/** In place of what is not there yet: bars, or why it could not be had. */
export function Awaited({
  failure,
  again,
  rows,
}: {
  failure: Error | null
  again: () => void
  rows: number
}) {
  return failure === null ? <Loading rows={rows} /> : <Failed failure={failure} again={again} />
}

/** Bars in the place of what is being fetched. */
export function Loading({ rows }: { rows: number }) {
  return (
    <div class="loading" role="progressbar" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} />
      ))}
    </div>
  )
}
