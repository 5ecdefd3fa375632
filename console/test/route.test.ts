// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import { href, parse } from '../src/shell/route'

describe('routes', () => {
  it('come back as they were made', () => {
    const made = href(['sites', 'acme', 'a/b c'], { range: '24h', q: 'x&y', none: undefined })
    const read = parse(made)
    expect(read.segments).toEqual(['sites', 'acme', 'a/b c'])
    expect(Object.fromEntries(read.query)).toEqual({ range: '24h', q: 'x&y' })
  })

  it('take what people type wrong for text', () => {
    expect(parse('#/sites/%E0%A4%A').segments).toEqual(['sites', '%E0%A4%A'])
  })
})
