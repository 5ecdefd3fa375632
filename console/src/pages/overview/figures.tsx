// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useComputed, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { OverviewItem } from '../../api/types'
import { moment, percent } from '../../parts/format'
import { second, shortTime } from './clock'
import { live } from './store'

// Figures that rows and cards both show.

/** Days under which a certificate is to be renewed. */
const CERTIFICATE_DAYS_MIN = 14

/** Time since a moment of the server; it ticks by itself, and nothing around it is drawn again. */
export function Since({ at_ms, tail = '' }: { at_ms: number; tail?: string }) {
  const at = useSignal(at_ms)
  useEffect(() => {
    at.value = at_ms
  }, [at, at_ms])
  const text = useComputed(() => {
    const now_ms = second.value + live.ahead_ms.value
    return shortTime(at.value, now_ms) + tail
  })
  return <>{text}</>
}

export function Checked({ item }: { item: OverviewItem }) {
  return item.runs === null ? (
    <span class="overview-none">–</span>
  ) : (
    <time dateTime={new Date(item.runs.last_ms).toISOString()} title={moment(item.runs.last_ms)}>
      <Since at_ms={item.runs.last_ms} tail=" ago" />
    </time>
  )
}

/** A share in percent, without its sign: the head of the column has it. */
export function Uptime({ share }: { share: number | null }) {
  const tone =
    share === null || share === 1
      ? 'soft'
      : share < 0.95
        ? 'down'
        : share < 0.99
          ? 'doubtful'
          : 'plain'
  return <span class={`overview-${tone}`}>{percent(share).replace(' %', '')}</span>
}

export function Certificate({ days, long = false }: { days: number | null; long?: boolean }) {
  if (days === null) {
    return <span class="overview-none">–</span>
  }
  if (days >= CERTIFICATE_DAYS_MIN) {
    return <span class="overview-soft">{days} d</span>
  }
  const text = days < 0 ? 'expired' : `${Math.floor(days)} d`
  return (
    <span
      class={days < 0 ? 'overview-warn overview-expired' : 'overview-warn'}
      title={days < 0 ? 'The certificate has expired' : `The certificate ends in ${text}`}
    >
      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
        <path d="M8 1.5L15 14.5H1z" fill="none" stroke="currentColor" stroke-width="1.6" />
        <path d="M8 6v4M8 12v.6" stroke="currentColor" stroke-width="1.8" />
      </svg>
      {long ? `certificate ${text}` : text}
    </span>
  )
}

export function warnsOfCertificate(item: OverviewItem): boolean {
  return item.certificate_days !== null && item.certificate_days < CERTIFICATE_DAYS_MIN
}
