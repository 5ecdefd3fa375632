// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { isTree } from './definition'

/** A tree as YAML that the server and the reader beside this take for the same. */
export function toYaml(value: unknown): string {
  return `${lines(value, '').join('\n')}\n`
}

/** What another reader of YAML might take for no text, or for more than one. */
const ODD = [
  /^(?:[-+.]?\d[\d_.:a-fxo+-]*|~|null|true|false|yes|no|on|off|y|n|\.inf|\.nan)$/i,
  /^[\s\-?:,[\]{}#&*!|>'"%@`]/,
  /:\s|\s#|[:\s]$|^$/,
  /[\p{Cc}\u2028\u2029\ufeff]/u,
]

function lines(value: unknown, indent: string): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((each) => entry(`${indent}-`, each, `${indent}  `, true))
  }
  if (isTree(value)) {
    return Object.entries(value).flatMap(([name, held]) =>
      entry(`${indent}${scalar(name)}:`, held, `${indent}  `, false),
    )
  }
  return [`${indent}${scalar(value)}`]
}

function entry(head: string, value: unknown, indent: string, inList: boolean): string[] {
  const empty = (Array.isArray(value) && value.length === 0) || isEmptyTree(value)
  if (empty || !(Array.isArray(value) || isTree(value))) {
    return [`${head} ${empty ? (Array.isArray(value) ? '[]' : '{}') : scalar(value)}`]
  }
  if (Array.isArray(value) && value.every((each) => !Array.isArray(each) && !isTree(each))) {
    const inline = `${head} [${value.map(inFlow).join(', ')}]`
    if (inline.length <= 100) {
      return [inline]
    }
  }
  const held = lines(value, indent)
  // The first field of an entry stands beside its dash.
  return inList ? [`${head} ${(held[0] ?? '').trimStart()}`, ...held.slice(1)] : [head, ...held]
}

function isEmptyTree(value: unknown): boolean {
  return isTree(value) && Object.keys(value).length === 0
}

function inFlow(value: unknown): string {
  const text = scalar(value)
  return typeof value === 'string' && !text.startsWith('"') && /[,[\]{}]/.test(text)
    ? JSON.stringify(value)
    : text
}

function scalar(value: unknown): string {
  if (typeof value !== 'string') {
    return JSON.stringify(value)
  }
  return ODD.some((each) => each.test(value)) ? JSON.stringify(value) : value
}
