// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { FUNCTIONS, KEYWORDS } from './dialect'

type TokenKind =
  'keyword' | 'function' | 'string' | 'number' | 'comment' | 'name' | 'quoted' | 'sign' | 'space'

export interface Token {
  kind: TokenKind
  text: string
  /** Offsets in the text, the end exclusive. */
  from: number
  to: number
}

const keywords = new Set(KEYWORDS)
const functions = new Set(FUNCTIONS.map((each) => each.name))

/** Whatever begins here: strings and comments may be without their end while they are typed. */
const PATTERN = new RegExp(
  [
    /(?<space>\s+)/,
    /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))/,
    /(?<string>'(?:[^']|'')*(?:'|$))/,
    /(?<quoted>"(?:[^"]|"")*(?:"|$))/,
    // 15m and 1.5e3 are numbers; x1 is a name, which comes after.
    /(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+|(?:ms|us|ns|mon|[smhdwy])\b)?)/,
    // measure_value::double is one name to the dialect.
    /(?<name>[\p{L}_][\p{L}\p{N}_]*(?:::[a-zA-Z]+)?)/u,
    /(?<sign>[\s\S])/,
  ]
    .map((each) => each.source)
    .join('|'),
  'gu',
)

/** Cuts a text into tokens; together they are the text again. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(PATTERN)) {
    const found = match.groups ?? {}
    const kind = (Object.keys(found).find((name) => found[name] !== undefined) ??
      'sign') as TokenKind
    const from = match.index
    tokens.push({ kind, text: match[0], from, to: from + match[0].length })
  }
  return tokens.map((token, index) => {
    const after = tokens[index + 1]
    return { ...token, kind: kindOf(token, after?.kind === 'space' ? tokens[index + 2] : after) }
  })
}

/** Words that are keywords before a text alone (TIME '10:00:00'), and names elsewhere. */
const BEFORE_TEXTS = new Set(['DATE', 'TIME', 'TIMESTAMP'])

function kindOf(token: Token, after: Token | undefined): TokenKind {
  if (token.kind !== 'name') {
    return token.kind
  }
  if (BEFORE_TEXTS.has(token.text.toUpperCase()) && after?.text !== '(') {
    return after?.kind === 'string' ? 'keyword' : 'name'
  }
  // if and date are both: what is called is a function.
  const called = after?.text === '(' && functions.has(token.text.toLowerCase())
  return called ? 'function' : keywords.has(token.text.toUpperCase()) ? 'keyword' : 'name'
}

/** Tokens that mean something. */
export function meaningful(tokens: readonly Token[]): Token[] {
  return tokens.filter((token) => token.kind !== 'space' && token.kind !== 'comment')
}

/** A name as it is without its quotes. */
export function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1).replace(/"$/, '').replaceAll('""', '"') : text
}

/** A name as SQL takes it: in quotes where it needs them. */
export function quoted(name: string): string {
  const upper = name.toUpperCase()
  const plain =
    /^[a-z_][a-z0-9_]*(::[a-z]+)?$/.test(name) && (!keywords.has(upper) || BEFORE_TEXTS.has(upper))
  return plain ? name : `"${name.replaceAll('"', '""')}"`
}

/** A text as SQL takes it. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
