// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

// Figures and times as people read them; times in the viewer's zone and language.

const DAY_S = 86_400

/** 0.7 ms, 48 ms, 1.25 s, 1 min 4 s. */
export function milliseconds(ms: number | null): string {
  if (ms === null) {
    return '–'
  }
  if (ms < 10) {
    return `${ms.toFixed(1)} ms`
  }
  if (ms < 1000) {
    return `${Math.round(ms)} ms`
  }
  if (ms < 60_000) {
    return `${(ms / 1000).toFixed(2)} s`
  }
  return duration(ms / 1000)
}

/** The same of seconds, as most of the API has them. */
export function latency(seconds: number | null): string {
  return milliseconds(seconds === null ? null : seconds * 1000)
}

/** 71 days; expired, where none are left. */
export function certificate(days: number | null): string {
  if (days === null) {
    return '–'
  }
  return days < 0 ? 'expired' : days === 1 ? '1 day' : `${days} days`
}

/** A time between two moments: 12 s, 5 min, 3 h 20 min, 2 d 4 h. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds))
  if (s < 60) {
    return `${s} s`
  }
  if (s < 3600) {
    return parts(s, 60, 'min', 's')
  }
  if (s < DAY_S) {
    return parts(Math.floor(s / 60), 60, 'h', 'min')
  }
  return parts(Math.floor(s / 3600), 24, 'd', 'h')
}

/** How long ago: 12 s ago. */
export function ago(then_ms: number, now_ms: number): string {
  const seconds = (now_ms - then_ms) / 1000
  return seconds < 1 ? 'now' : `${duration(seconds)} ago`
}

/** A share as a percentage that never rounds up to 100. */
export function percent(share: number | null): string {
  if (share === null) {
    return '–'
  }
  if (share === 1) {
    return '100 %'
  }
  const digits = share > 0.99 ? 2 : 1
  const cut = Math.floor(share * 100 * 10 ** digits + 1e-9) / 10 ** digits
  return `${cut.toFixed(digits)} %`
}

/** 17 B, 4.2 KiB, 1.3 GiB. */
export function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let left = count
  let unit = 0
  while (left >= 1024 && unit < units.length - 1) {
    left /= 1024
    unit++
  }
  return `${unit === 0 || left >= 100 ? Math.round(left) : left.toFixed(1)} ${units[unit] ?? ''}`
}

/** 12,345. */
export function whole(count: number): string {
  return new Intl.NumberFormat('en').format(Math.round(count))
}

/** Date and time to the second. */
export function moment(at_ms: number): string {
  return new Date(at_ms).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
}

function parts(units: number, size: number, large: string, small: string): string {
  const rest = units % size
  return rest === 0
    ? `${units / size} ${large}`
    : `${Math.floor(units / size)} ${large} ${rest} ${small}`
}
