// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import { pageAt } from '../src/shell/pages'
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

describe('pages', () => {
  it.each([
    ['#/', 'overview'],
    ['', 'overview'],
    ['#/?state=down', 'overview'],
    ['#/sites', 'overview'],
    ['#/sites/acme/shop?range=7d', 'site'],
    ['#/sites/acme/shop/edit', 'edit'],
    ['#/add', 'edit'],
    ['#/connector', 'connector'],
  ])('%s is %s', (hash, page) => {
    expect(pageAt(parse(hash).segments)).toBe(page)
  })

  it.each([
    '#/nonsense',
    '#/toString',
    '#/sites/acme',
    '#/sites/acme/shop/nonsense',
    '#/sites/acme/shop/edit/more',
    '#/explore/more',
  ])('%s is none', (hash) => {
    expect(pageAt(parse(hash).segments)).toBeNull()
  })
})
