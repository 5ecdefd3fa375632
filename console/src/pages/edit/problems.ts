// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { TextProblem } from '../../api/types'
import type { Protocol } from './definition'

const ALWAYS = [
  'id',
  'customer',
  'name',
  'group',
  'endpoint',
  'interval',
  'regions',
  'enabled',
  'requests',
  'connections',
  'timeout',
  'timeouts.dns',
  'timeouts.connect',
  'confirm',
  'ip',
  'expect.latency',
  'incident',
  'maintenance',
]

const TLS = [
  'tls.server-name',
  'tls.ca',
  'tls.certificate',
  'tls.key',
  'tls.minimum',
  'tls.verify',
  'timeouts.tls',
  'expect.certificate-days',
]

const HTTP = [
  'http.method',
  'http.headers',
  'http.body',
  'http.basic.user',
  'http.basic.password',
  'http.bearer',
  'http.redirects',
  'http.version',
  'http.body-limit',
  'timeouts.wait',
  'timeouts.body',
  'expect.status',
  'expect.headers',
  'expect.contains',
  'expect.not-contains',
  'expect.matches',
  'expect.not-matches',
  'expect.json',
]

const DNS = [
  'dns.type',
  'dns.resolver',
  'dns.transport',
  'timeouts.wait',
  'expect.rcode',
  'expect.answers',
]

const BY_PROTOCOL: Record<Protocol, readonly string[]> = {
  http: HTTP,
  https: [...HTTP, ...TLS],
  tcp: ['tcp.steps', 'timeouts.wait', ...TLS],
  tls: TLS,
  dns: DNS,
}

/** The fields that the form shows for a protocol: what is wrong with them is told there. */
export function shown(protocol: Protocol | null): readonly string[] {
  return protocol === null ? ALWAYS : [...ALWAYS, ...BY_PROTOCOL[protocol]]
}

/** Whether a problem is about a field, or something inside of it. */
function isAbout(problem: TextProblem, field: string): boolean {
  return (
    problem.field === field ||
    problem.field.startsWith(`${field}.`) ||
    problem.field.startsWith(`${field}[`)
  )
}

/** Problems of some fields. */
export function about(problems: readonly TextProblem[], fields: readonly string[]): TextProblem[] {
  return problems.filter((problem) => fields.some((field) => isAbout(problem, field)))
}

/** Problems that no field of the form shows. */
export function elsewhere(
  problems: readonly TextProblem[],
  fields: readonly string[],
): TextProblem[] {
  return problems.filter((problem) => !fields.some((field) => isAbout(problem, field)))
}

/** What is wrong with a field itself, as a sentence; undefined where nothing is. */
export function sentence(problems: readonly TextProblem[], field: string): string | undefined {
  const own = problems.filter((problem) => problem.field === field)
  return own.length === 0 ? undefined : own.map((problem) => inWords(problem.reason)).join(' ')
}

/** Reasons begin with a verb, for the field's name goes before them. */
export function inWords(reason: string): string {
  const text = /^(is|has|names|stands|can't|must|needs|may|does|ends|begins)\b/.test(reason)
    ? `This ${reason}`
    : reason.charAt(0).toUpperCase() + reason.slice(1)
  return /[.!?…]$/.test(text) ? text : `${text}.`
}
