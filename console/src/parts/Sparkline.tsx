// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import './strip.css'
import { milliseconds } from './format'
import { drawn, extent } from './line'

/** A small line of values from zero up, without axes; places without a value stay open. */
export function Sparkline({
  values,
  label,
  show = milliseconds,
}: {
  values: (number | null)[]
  /** What the values are: Mean latency, 24 hours. */
  label: string
  show?: (value: number) => string
}) {
  const range = extent(values)
  const text = range === null ? `${label}: none` : told(label, show(range[0]), show(range[1]))
  return (
    <svg class="spark" viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label={text}>
      <title>{text}</title>
      <path class="spark-ground" d="M0 23.5H100" />
      {range !== null && <path d={drawn(values, 100, 24)} />}
    </svg>
  )
}

function told(label: string, low: string, high: string): string {
  return low === high ? `${label}: ${low}` : `${label}: ${low} to ${high}`
}
