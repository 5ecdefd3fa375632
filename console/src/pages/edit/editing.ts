// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { SiteDefinition, SiteDocument } from '../../api/types'
import { formatOf, read, write } from './definitionText'
import type { Draft } from './draft'
import { ID, same } from './definition'
import type { Question } from './useValidation'

/** What is being edited. */
export interface Editing {
  definition: SiteDefinition
  /** In the text view: as it is typed, whatever it says. */
  text: string | null
  /** What it began from, and its version; null for a new site. */
  base: SiteDefinition | null
  version: number | null
  /** Whether the id of a new site was typed, and follows the endpoint no more. */
  named: boolean
}

export function begun(site: SiteDocument | null, fresh: SiteDefinition): Editing {
  return {
    definition: site?.definition ?? fresh,
    text: null,
    base: site?.definition ?? null,
    version: site?.version ?? null,
    named: site !== null,
  }
}

export function resumed(editing: Editing, draft: Draft): Editing {
  return { ...editing, definition: draft.definition, text: draft.text, named: true }
}

/** Whether there is something that leaving would lose. */
export function dirty(editing: Editing, fresh: SiteDefinition): boolean {
  const before = editing.base ?? fresh
  return editing.text === null
    ? !same(editing.definition, before)
    : !same(read(editing.text).definition, before)
}

/** Typed text; the definition follows as far as the text can be read. */
export function typed(editing: Editing, text: string): Editing {
  return { ...editing, text, definition: read(text).definition ?? editing.definition, named: true }
}

/** Over to the text, or to another format of it, or back to the form. */
export function inText(editing: Editing, format: 'yaml' | 'json' | null): Editing {
  return { ...editing, text: format === null ? null : write(editing.definition, format) }
}

/** What would be sent: the text as it stands, for the server reads more of YAML than we do. */
export function body(editing: Editing): string {
  return editing.text ?? JSON.stringify(editing.definition)
}

export function headers(editing: Editing): Record<string, string> {
  return {
    'Content-Type':
      editing.text !== null && formatOf(editing.text) === 'yaml'
        ? 'application/yaml'
        : 'application/json',
    ...(editing.version === null
      ? { 'If-None-Match': '*' }
      : { 'If-Match': `"${editing.version}"` }),
  }
}

/** Below /api/v1. A site that is there keeps its name; null while a new one has none. */
export function pathOf(editing: Editing): string | null {
  const { id, customer } = editing.base ?? editing.definition
  return ID.test(id) ? `sites/${encodeURIComponent(customer ?? 'default')}/${id}` : null
}

/** What the server is asked while somebody types; nothing before there is an endpoint. */
export function question(editing: Editing): Question | null {
  if (editing.text === null && editing.definition.endpoint === '') {
    return null
  }
  const path = pathOf(editing)
  // Without a good id there is no place to put it: then it is judged as a set of one.
  return path === null
    ? { path: 'sites', body: body(editing), headers: { 'Content-Type': 'text/plain' } }
    : { path, body: body(editing), headers: headers(editing) }
}
