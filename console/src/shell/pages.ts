// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

export type PageName = 'overview' | 'site' | 'edit' | 'import' | 'explore' | 'connector'

/** Which page an address names: #/ overview, #/sites/C/ID, #/sites/C/ID/edit, #/add, ...; null: none. */
export function pageAt(segments: readonly string[]): PageName | null {
  const [first = '', customer, id, part, ...more] = segments
  if (first === 'sites' && customer === undefined) {
    return 'overview'
  }
  if (first === 'sites' && id !== undefined && more.length === 0) {
    return part === undefined ? 'site' : part === 'edit' ? 'edit' : null
  }
  return customer === undefined ? (ALONE.get(first) ?? null) : null
}

/** Pages with one word, and nothing behind it. */
const ALONE = new Map<string, PageName>([
  ['', 'overview'],
  ['add', 'edit'],
  ['import', 'import'],
  ['explore', 'explore'],
  ['connector', 'connector'],
])
