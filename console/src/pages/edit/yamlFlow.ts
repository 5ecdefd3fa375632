// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Why a text is no YAML that can be read here. */
export class YamlFault extends Error {
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

/** Values on one line: in brackets, in quotes, or plain. */
export class YamlFlow {
  private at = 0

  constructor(
    private readonly text: string,
    private readonly line: number,
  ) {}

  /** Whether all brackets and quotes end. */
  complete(): boolean {
    let depth = 0
    for (let at = 0; at < this.text.length; at++) {
      const each = this.text[at]
      if ((each === '"' || each === "'") && begins(this.text, at)) {
        const end = closing(this.text, at)
        if (end < 0) {
          return false
        }
        at = end
      } else if (each === '[' || each === '{') {
        depth++
      } else if (each === ']' || each === '}') {
        depth--
      }
    }
    return depth <= 0
  }

  /** The value, and nothing behind it. */
  whole(): unknown {
    const value = this.value([])
    this.spaces()
    if (this.at < this.text.length) {
      throw this.fault('has something behind its end')
    }
    return value
  }

  private value(ends: string[]): unknown {
    this.spaces()
    const each = this.text[this.at]
    if (each === '[') {
      return this.list()
    }
    if (each === '{') {
      return this.mapping()
    }
    if (each === '"' || each === "'") {
      return this.quoted()
    }
    const begin = this.at
    while (this.at < this.text.length && !ends.includes(this.text[this.at] ?? '')) {
      if (
        this.text.startsWith('${', this.at) &&
        /^\$\{(env|file):[^}]*\}/.test(this.text.slice(this.at))
      ) {
        this.at = this.text.indexOf('}', this.at)
      }
      this.at++
    }
    return plain(this.text.slice(begin, this.at).trim())
  }

  private list(): unknown[] {
    const all: unknown[] = []
    this.at++
    for (;;) {
      this.spaces()
      if (this.took(']')) {
        return all
      }
      all.push(this.value([',', ']']))
      this.spaces()
      if (!this.took(',') && this.text[this.at] !== ']') {
        throw this.fault('has a list without a comma or an end')
      }
    }
  }

  private mapping(): Record<string, unknown> {
    const fields: [string, unknown][] = []
    this.at++
    for (;;) {
      this.spaces()
      if (this.took('}')) {
        return Object.fromEntries(fields)
      }
      const name = this.value([':', ',', '}'])
      this.spaces()
      if (!this.took(':')) {
        throw this.fault('has a field without a colon')
      }
      fields.push([String(name), this.value([',', '}'])])
      this.spaces()
      if (!this.took(',') && this.text[this.at] !== '}') {
        throw this.fault('has a mapping without a comma or an end')
      }
    }
  }

  private quoted(): string {
    const end = closing(this.text, this.at)
    if (end < 0) {
      throw this.fault('has a quote that does not end')
    }
    const inside = this.text.slice(this.at + 1, end)
    const single = this.text[this.at] === "'"
    this.at = end + 1
    if (single) {
      return inside.replaceAll("''", "'")
    }
    try {
      return JSON.parse(`"${escapes(inside)}"`) as string
    } catch {
      throw this.fault('has an escape that is not read here')
    }
  }

  private took(each: string): boolean {
    const here = this.text[this.at] === each
    this.at += here ? 1 : 0
    return here
  }

  private spaces(): void {
    while (/\s/.test(this.text[this.at] ?? '')) {
      this.at++
    }
  }

  private fault(message: string): YamlFault {
    return new YamlFault(this.line, message)
  }
}

/** A plain scalar: a truth, a number, nothing, or a text. */
export function plain(text: string): unknown {
  switch (text) {
    case 'true':
      return true
    case 'false':
      return false
    case '':
    case '~':
    case 'null':
      return null
    default:
      // 0123 and 1_000 stay what was typed.
      return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? Number(text) : text
  }
}

/** A line without its comment. */
export function withoutComment(line: string): string {
  for (let at = 0; at < line.length; at++) {
    const each = line[at]
    if ((each === '"' || each === "'") && begins(line, at)) {
      const end = closing(line, at)
      if (end < 0) {
        return line
      }
      at = end
    } else if (each === '#' && (at === 0 || /\s/.test(line[at - 1] ?? ''))) {
      return line.slice(0, at)
    }
  }
  return line
}

/** Whether a quote at this place begins a text: in the middle of a plain one it is a character. */
function begins(text: string, at: number): boolean {
  return /(^|[\s[{,:-])$/.test(text.slice(Math.max(0, at - 1), at)) || at === 0
}

function closing(text: string, at: number): number {
  const quote = text[at]
  for (let end = at + 1; end < text.length; end++) {
    if (quote === '"' && text[end] === '\\') {
      end++
    } else if (text[end] === quote) {
      if (quote === "'" && text[end + 1] === "'") {
        end++
      } else {
        return end
      }
    }
  }
  return -1
}

/** YAML's escapes as JSON's. */
function escapes(text: string): string {
  return text
    .replace(/\\(x([0-9a-fA-F]{2})|.)/g, (all: string, each: string, hex: string | undefined) =>
      hex !== undefined
        ? `\\u00${hex}`
        : each === '0'
          ? '\\u0000'
          : each === 'e'
            ? '\\u001b'
            : each === ' '
              ? ' '
              : all,
    )
    .replaceAll('\t', '\\t')
}
