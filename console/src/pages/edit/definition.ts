// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Me, SiteDefinition } from '../../api/types'

// A definition is edited as the tree that it is: fields are read and written at their paths, so
// that whatever the form has no field for stays as it was.

export type Path = readonly (string | number)[]

export type Tree = Record<string, unknown>

export type Protocol = 'http' | 'https' | 'tcp' | 'tls' | 'dns'

const PROTOCOLS: readonly string[] = ['http', 'https', 'tcp', 'tls', 'dns']

/** Fields that belong to some protocols only. */
const SECTIONS: Record<string, readonly Protocol[]> = {
  http: ['http', 'https'],
  tcp: ['tcp'],
  dns: ['dns'],
  tls: ['http', 'https', 'tcp', 'tls'],
}

export const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A scalar as it is written; '' for what is none. */
export function scalarText(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''
}

/** The same without some fields. */
export function without(fields: Tree, ...names: string[]): Tree {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))
}

/** What stands at a path; undefined where nothing does. */
export function at(tree: unknown, path: Path): unknown {
  let here = tree
  for (const step of path) {
    if (Array.isArray(here) && typeof step === 'number') {
      here = here[step]
    } else if (isTree(here)) {
      here = here[step]
    } else {
      return undefined
    }
  }
  return here
}

/** The same with something else at a path. What becomes empty by taking away goes too. */
function withAt(tree: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) {
    return value
  }
  if (typeof step === 'number') {
    const list = Array.isArray(tree) ? [...(tree as unknown[])] : []
    const next = withAt(list[step], rest, value)
    if (next === undefined) {
      list.splice(step, 1)
    } else {
      list[step] = next
    }
    return list.length === 0 ? undefined : list
  }
  const fields = isTree(tree) ? tree : {}
  const next = withAt(fields[step], rest, value)
  if (next === undefined) {
    const others = without(fields, step)
    return Object.keys(others).length === 0 ? undefined : others
  }
  return { ...fields, [step]: next }
}

/** A definition with another value at a path; undefined takes the field away. */
export function changed(definition: SiteDefinition, path: Path, value: unknown): SiteDefinition {
  const next = (withAt(definition, path, value) ?? {}) as Tree
  const encrypts = path[0] === 'tls' && path.length > 1 && protocolOf(definition) === 'tcp'
  return {
    ...next,
    // With tcp:// an empty one encrypts: it does not go with its last field.
    ...(encrypts && next['tls'] === undefined ? { tls: {} } : {}),
    id: scalarText(next['id']),
    endpoint: scalarText(next['endpoint']),
  }
}

/** As problems name a field: expect.json[0].path. */
export function fieldOf(path: Path): string {
  let field = ''
  for (const step of path) {
    field += typeof step === 'number' ? `[${step}]` : field === '' ? step : `.${step}`
  }
  return field
}

/** The protocol that the endpoint's scheme chooses; null while there is none. */
export function protocolOf(definition: SiteDefinition): Protocol | null {
  const scheme = /^\s*([a-z]+):\/\//i.exec(definition.endpoint)?.[1]?.toLowerCase() ?? ''
  return PROTOCOLS.includes(scheme) ? (scheme as Protocol) : null
}

/** Fields that are there and belong to other protocols: what an endpoint changed from leaves. */
export function foreignSections(definition: SiteDefinition): string[] {
  const protocol = protocolOf(definition)
  return protocol === null
    ? []
    : Object.keys(SECTIONS).filter(
        (name) => definition[name] !== undefined && SECTIONS[name]?.includes(protocol) === false,
      )
}

/** An id made of the endpoint's host: https://www.shop.example:8443/a is shop.example. */
export function idFrom(endpoint: string): string {
  const rest = endpoint.trim().replace(/^[a-z]*:\/\//i, '')
  const host = rest.replace(/[/?#].*$/, '').replace(/^.*@/, '')
  const name = host.replace(/:\d*$/, '').replace(/[[\]]/g, '')
  return name
    .replace(/^www\./i, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .replace(/[^A-Za-z0-9]+$/, '')
    .slice(0, 63)
}

/** An endpoint as it was typed, with https:// where no scheme was. */
export function withScheme(typed: string): string {
  const text = typed.trim()
  return text === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^[a-z]+:?\/?\/?$/i.test(text)
    ? text
    : `https://${text}`
}

/** Customers whose sites the caller may change, the likeliest first. */
export function editable(me: Me | null): string[] {
  if (me === null) {
    return ['default']
  }
  const may = (role: string | undefined) => role === 'editor' || role === 'admin'
  const everywhere = may(me.roles['*'])
  const own = me.customers.filter((customer) => everywhere || may(me.roles[customer]))
  const all = everywhere && !own.includes('default') ? [...own, 'default'] : own
  return [...all].sort((one, other) =>
    one === 'default' ? -1 : other === 'default' ? 1 : one.localeCompare(other),
  )
}

/** The same content, whatever the order of fields. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other))
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(ordered)
  }
  return isTree(value)
    ? Object.fromEntries(
        Object.keys(value)
          .sort()
          .map((name) => [name, ordered(value[name])]),
      )
    : value
}
