// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { send } from '../../api/client'
import { newId } from './useQuery'

interface Picked {
  createWritable: () => Promise<WritableStream<Uint8Array>>
}

type Picking = (options: {
  suggestedName: string
  types: { description: string; accept: Record<string, string[]> }[]
}) => Promise<Picked>

/**
 * Saves all rows of a query. A large result goes straight to the disk where the browser can do that;
 * elsewhere it is put together first.
 *
 * @param large whether more rows follow those that are shown
 */
export async function saveCsv(sql: string, large: boolean): Promise<void> {
  const name = `weir-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.csv`
  const picking = (window as { showSaveFilePicker?: Picking }).showSaveFilePicker
  // First of all: the browser opens its dialog only right after a click.
  const file =
    large && picking !== undefined
      ? await picking.call(window, {
          suggestedName: name,
          types: [{ description: 'CSV', accept: { 'text/csv': ['.csv'] } }],
        })
      : null
  const response = await send('sql', {
    method: 'POST',
    body: { sql, id: newId(), timeout_s: 300 },
    headers: { Accept: 'text/csv' },
  })
  if (file !== null && response.body !== null) {
    await response.body.pipeTo(await file.createWritable())
    return
  }
  const blob = await response.blob()
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Whether somebody closed the browser's dialog, which is no failure. */
export function wasGivenUp(failure: unknown): boolean {
  return failure instanceof DOMException && failure.name === 'AbortError'
}
