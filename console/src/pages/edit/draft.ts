// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { SiteDefinition } from '../../api/types'
import { isTree } from './definition'

/** What was typed and not saved, kept over a reload in this tab. */
export interface Draft {
  definition: SiteDefinition
  /** In the text view, as it was typed. */
  text: string | null
  /** The version that it began from; null for a new site. */
  version: number | null
}

const REFERENCE = /\$\{(env|file):[^}]*\}/

/** Fields that hold secrets (docs/sites.md, Secrets): a literal in one is a mistake, not a draft. */
const SECRET_FIELDS = ['password', 'bearer', 'key']
const SECRET_HEADERS = ['authorization', 'proxy-authorization', 'cookie', 'x-api-key']

export function keyOf(site: { customer: string; id: string } | null): string {
  return `weir.draft.${site === null ? '' : `${site.customer}/${site.id}`}`
}

/** Where the browser keeps nothing, nothing is kept. */
export function keep(key: string, draft: Draft): void {
  // A text that can't be read can't be searched for secrets either.
  const text = draft.text !== null && mayHoldSecret(draft.text) ? null : draft.text
  try {
    sessionStorage.setItem(
      key,
      JSON.stringify({ ...draft, definition: withoutLiterals(draft.definition), text }),
    )
  } catch {
    // Full, or not allowed.
  }
}

export function kept(key: string): Draft | null {
  try {
    const draft: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    if (isTree(draft) && isTree(draft['definition'])) {
      const { definition, text, version } = draft
      return {
        definition: { id: '', endpoint: '', ...definition },
        text: typeof text === 'string' ? text : null,
        version: typeof version === 'number' ? version : null,
      }
    }
  } catch {
    // Not ours.
  }
  return null
}

export function forget(key: string): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // Then there is none.
  }
}

/** A definition without what stands for itself where a reference to a secret belongs. */
export function withoutLiterals(definition: SiteDefinition): SiteDefinition {
  return cleaned(definition, '') as SiteDefinition
}

function cleaned(value: unknown, inside: string): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => cleaned(each, inside))
  }
  if (!isTree(value)) {
    return value
  }
  const entries = Object.entries(value)
    .filter(([name, held]) => !isLiteralSecret(name, held, inside))
    .map(([name, held]) => [name, cleaned(held, name)] as const)
  return Object.fromEntries(entries)
}

function isLiteralSecret(name: string, held: unknown, inside: string): boolean {
  const secret =
    inside === 'headers'
      ? SECRET_HEADERS.includes(name.toLowerCase())
      : SECRET_FIELDS.includes(name)
  return secret && !(typeof held === 'string' && REFERENCE.test(held))
}

/** Whether a text names a secret's field without a reference behind it. */
function mayHoldSecret(text: string): boolean {
  const names = [...SECRET_FIELDS, ...SECRET_HEADERS].join('|')
  const fields = new RegExp(`\\b(?:${names})\\b["']?\\s*:([^,\\n]*)`, 'gi')
  return [...text.matchAll(fields)].some((match) => !REFERENCE.test(match[1] ?? ''))
}
