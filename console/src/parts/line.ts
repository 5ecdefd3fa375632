// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** The smallest and the largest of the values; null where there are none. */
export function extent(values: (number | null)[]): [number, number] | null {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (value !== null) {
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  }
  return low === Infinity ? null : [low, high]
}

/** A line from zero up; a value between two gaps becomes a dot. */
export function drawn(values: (number | null)[], width: number, height: number): string {
  const top = extent(values)?.[1] ?? 0
  const step = width / Math.max(1, values.length - 1)
  let path = ''
  let open = false
  values.forEach((value, place) => {
    if (value === null) {
      open = false
      return
    }
    const x = round(place * step)
    const y = round(height - 1 - (top === 0 ? 0 : (value / top) * (height - 2)))
    const lonely = !open && (values[place + 1] ?? null) === null
    path += lonely ? `M${x} ${y}h0` : `${open ? 'L' : 'M'}${x} ${y}`
    open = true
  })
  return path
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
