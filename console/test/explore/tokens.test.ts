// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import { literal, quoted, tokensOf, unquoted } from '../../src/pages/explore/tokens'

const kinds = (text: string) =>
  tokensOf(text)
    .filter((token) => token.kind !== 'space')
    .map((token) => `${token.kind}:${token.text}`)

describe('tokensOf', () => {
  it('tells keywords, functions, names, texts, numbers and comments apart', () => {
    expect(
      kinds('select Abs(x), \'it\'\'s\' from "a""b".t -- why\n/* all */ where n >= 1.5e3'),
    ).toEqual([
      'keyword:select',
      'function:Abs',
      'sign:(',
      'name:x',
      'sign:)',
      'sign:,',
      "string:'it''s'",
      'keyword:from',
      'quoted:"a""b"',
      'sign:.',
      'name:t',
      'comment:-- why',
      'comment:/* all */',
      'keyword:where',
      'name:n',
      'sign:>',
      'sign:=',
      'number:1.5e3',
    ])
  })

  it('takes durations as numbers and typed measures as one name', () => {
    expect(kinds('ago(15m) measure_value::double x1 2mon')).toEqual([
      'function:ago',
      'sign:(',
      'number:15m',
      'sign:)',
      'name:measure_value::double',
      'name:x1',
      'number:2mon',
    ])
  })

  it('knows the column time from the keyword TIME', () => {
    expect(kinds("time >= TIME '10:00:00'")[0]).toBe('name:time')
    expect(kinds("time >= TIME '10:00:00'")[3]).toBe('keyword:TIME')
  })

  it('takes what is not finished yet to the end', () => {
    expect(kinds("SELECT 'open\nFROM x")).toEqual(['keyword:SELECT', "string:'open\nFROM x"])
    expect(kinds('1 /* open')).toEqual(['number:1', 'comment:/* open'])
    expect(kinds('"open')).toEqual(['quoted:"open'])
  })

  it('gives the text again, whatever it is', () => {
    for (const text of [
      '',
      '\n\t ',
      '💧 \'💧\' "ü" €',
      "a''b'''",
      '--',
      '/*',
      '"""',
      '1..2',
      '\u0000',
    ]) {
      expect(
        tokensOf(text)
          .map((token) => token.text)
          .join(''),
      ).toBe(text)
    }
  })
})

describe('names and texts', () => {
  it('are quoted where SQL needs it', () => {
    expect(quoted('siteid')).toBe('siteid')
    expect(quoted('siteId')).toBe('"siteId"')
    expect(quoted('CPTMonitoring-acme')).toBe('"CPTMonitoring-acme"')
    expect(quoted('time')).toBe('time')
    expect(quoted('select')).toBe('"select"')
    expect(quoted('measure_value::double')).toBe('measure_value::double')
    expect(quoted('a"b')).toBe('"a""b"')
    expect(unquoted(quoted('a"b'))).toBe('a"b')
    expect(literal("it's")).toBe("'it''s'")
  })
})
