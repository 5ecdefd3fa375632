// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { YamlFlow, YamlFault, plain, withoutComment } from './yamlFlow'

// The YAML that people write for sites: mappings and lists by indentation or in brackets, quoted
// and plain texts, texts over several lines after | and >. Anchors, tags and what else there is
// are refused here; the server, which knows all of YAML, still takes them.

interface Line {
  number: number
  indent: number
  text: string
}

/** The value of a text; throws a YamlFault that names the line. */
export function fromYaml(text: string): unknown {
  return new Reader(text).document()
}

const DASH = /^-(?:\s+|$)/

class Reader {
  private readonly raw: string[]
  private readonly lines: Line[] = []
  private next = 0

  constructor(text: string) {
    this.raw = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
    this.raw.forEach((raw, index) => {
      const cut = withoutComment(raw)
      const trimmed = cut.trim()
      if (trimmed !== '' && !(trimmed === '---' && this.lines.length === 0)) {
        const indent = cut.length - cut.trimStart().length
        if (cut.slice(0, indent).includes('\t')) {
          throw new YamlFault(index + 1, 'is indented by a tab; YAML takes spaces')
        }
        this.lines.push({ number: index + 1, indent, text: trimmed })
      }
    })
  }

  document(): unknown {
    const first = this.lines[0]
    if (first === undefined) {
      return undefined
    }
    const value = this.block(first.indent)
    const left = this.lines[this.next]
    if (left !== undefined) {
      throw new YamlFault(left.number, 'does not stand under what is before it')
    }
    return value
  }

  private block(indent: number): unknown {
    const line = this.lines[this.next]
    if (line === undefined) {
      return null
    }
    if (DASH.test(line.text)) {
      return this.list(indent)
    }
    if (key(line.text) !== null) {
      return this.mapping(indent)
    }
    this.next++
    return this.inline(line.text, line)
  }

  private list(indent: number): unknown[] {
    const all: unknown[] = []
    for (let line = this.lines[this.next]; line !== undefined; line = this.lines[this.next]) {
      if (line.indent !== indent || !DASH.test(line.text)) {
        break
      }
      const rest = line.text.replace(DASH, '')
      if (rest === '') {
        this.next++
        all.push(this.nested(indent))
      } else if (DASH.test(rest) || key(rest) !== null) {
        // What stands beside the dash is the first line of a block of its own.
        const inner = indent + (line.text.length - rest.length)
        this.lines[this.next] = { ...line, indent: inner, text: rest }
        all.push(this.block(inner))
      } else {
        this.next++
        all.push(this.value(rest, line, indent))
      }
    }
    return all
  }

  private mapping(indent: number): Record<string, unknown> {
    const fields: Record<string, unknown> = {}
    for (let line = this.lines[this.next]; line !== undefined; line = this.lines[this.next]) {
      if (line.indent !== indent) {
        break
      }
      const found = key(line.text)
      if (found === null) {
        throw new YamlFault(line.number, 'is no field: a name, a colon and a space')
      }
      const name =
        found.name.startsWith('"') || found.name.startsWith("'")
          ? String(new YamlFlow(found.name, line.number).whole())
          : found.name
      if (Object.hasOwn(fields, name)) {
        throw new YamlFault(line.number, `has ${name} for the second time`)
      }
      this.next++
      Object.defineProperty(fields, name, {
        value: found.rest === '' ? this.nested(indent, true) : this.value(found.rest, line, indent),
        enumerable: true,
        configurable: true,
        writable: true,
      })
    }
    return fields
  }

  /** What stands below; a list below a field may stand as far left as the field. */
  private nested(indent: number, listBeside = false): unknown {
    const line = this.lines[this.next]
    if (line === undefined) {
      return null
    }
    const deeper = line.indent > indent
    return deeper || (listBeside && line.indent === indent && DASH.test(line.text))
      ? this.block(line.indent)
      : null
  }

  private value(text: string, line: Line, indent: number): unknown {
    const style = /^([|>])([-+]?)$/.exec(text)
    return style === null
      ? this.inline(text, line)
      : this.literal(line, indent, style[1] === '>', style[2] ?? '')
  }

  /** Lines as they stand, from the one after this on. */
  private literal(line: Line, indent: number, folded: boolean, end: string): string {
    const taken: string[] = []
    let at = line.number
    let own = -1
    for (; at < this.raw.length; at++) {
      const raw = this.raw[at] ?? ''
      const depth = raw.length - raw.trimStart().length
      if (raw.trim() !== '') {
        if (depth <= indent || depth < own) {
          break
        }
        own = own < 0 ? depth : own
      }
      taken.push(own < 0 ? '' : raw.slice(own))
    }
    while ((this.lines[this.next]?.number ?? Infinity) <= at) {
      this.next++
    }
    const joined = taken.join('\n').replace(/\n+$/, '')
    const body = folded ? joined.replace(/([^\n])\n(?!\n)/g, '$1 ') : joined
    return end === '-' ? body : `${body}\n`
  }

  /** A value on one line, or in brackets over several. */
  private inline(text: string, line: Line): unknown {
    if (!/^[[{"']/.test(text)) {
      if (/^[&*!@`%|>]/.test(text)) {
        throw new YamlFault(line.number, 'has something of YAML that is not read here')
      }
      return plain(text)
    }
    let whole = text
    for (;;) {
      const flow = new YamlFlow(whole, line.number)
      if (flow.complete()) {
        return flow.whole()
      }
      const more = this.lines[this.next]
      if (more === undefined) {
        throw new YamlFault(line.number, 'begins with a bracket or a quote that does not end')
      }
      this.next++
      whole += ` ${more.text}`
    }
  }
}

/** The name of a field and what stands behind it on its line. */
function key(text: string): { name: string; rest: string } | null {
  const found =
    /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s[\]{}"'#,&*!|>%@`-][^#]*?|-[^\s#][^#]*?)\s*:(?:\s+(.*))?$/s.exec(
      text,
    )
  return found === null ? null : { name: found[1] ?? '', rest: found[2] ?? '' }
}
