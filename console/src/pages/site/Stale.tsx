// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { Notice } from '../../parts/Notice'
import { moment } from '../../parts/format'

/** Says that what is shown may be old, and why. */
export function Stale({
  what,
  failure = null,
  at_ms = null,
}: {
  what?: string
  failure?: Error | null
  /** When data was had last. */
  at_ms?: number | null
}) {
  if (what !== undefined) {
    return <Notice kind="warning">{what}</Notice>
  }
  if (failure === null) {
    return null
  }
  return (
    <Notice kind="warning">
      {at_ms === null ? 'Not everything could be had.' : `What is shown is from ${moment(at_ms)}.`}{' '}
      {sentence(failure.message)} The console keeps asking.
    </Notice>
  )
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
