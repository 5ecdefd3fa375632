// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

// Times along an axis and in readings: in the viewer's zone and language, as short as can be.

const MINUTE_S = 60
const DAY_S = 86_400

const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' })
const minute = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const second = new Intl.DateTimeFormat(undefined, {
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
})

/** What stands at a split of an axis whose splits are `apart_s` from one another. */
export function tick(at_s: number, apart_s: number): string {
  const date = new Date(at_s * 1000)
  const midnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0
  if (apart_s >= DAY_S || midnight) {
    return day.format(date)
  }
  return (apart_s >= MINUTE_S ? minute : second).format(date)
}

/** From when to when a bin is: Nov 21, 14:00 – 14:05; a moment where it has no length. */
export function span(from_s: number, to_s: number): string {
  const from = new Date(from_s * 1000)
  const to = new Date(to_s * 1000)
  const clock = (to_s - from_s) % MINUTE_S === 0 && from_s % MINUTE_S === 0 ? minute : second
  const start = `${day.format(from)}, ${clock.format(from)}`
  if (to_s <= from_s) {
    return start
  }
  const same = day.format(from) === day.format(to)
  return `${start} – ${same ? '' : `${day.format(to)}, `}${clock.format(to)}`
}

/** When something was: the time alone where that was today. */
export function when(at_s: number, now_s: number): string {
  const at = new Date(at_s * 1000)
  const today = day.format(at) === day.format(new Date(now_s * 1000))
  return today ? (at_s % MINUTE_S === 0 ? minute : second).format(at) : span(at_s, at_s)
}
