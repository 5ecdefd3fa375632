// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import type { OverviewItem } from '../../src/api/types'
import { arrange } from '../../src/pages/overview/arrange'
import { choiceOf, narrows, queryOf } from '../../src/pages/overview/choice'
import { differs, held, nameOf } from '../../src/pages/overview/hold'
import { briefly, reasonOf } from '../../src/pages/overview/reason'
import { statesOf, turnsInWords } from '../../src/pages/overview/turns'
import { choice, site } from './sites'

function keys(items: OverviewItem[], query = ''): string[] {
  return arrange(items, choice(query)).map(nameOf)
}

describe('the order of sites', () => {
  it('has the worst first, and among those what broke last', () => {
    const items = [
      site('well'),
      site('paused', { state: 'disabled' }),
      site('old', { state: 'down', since_ms: 1000 }),
      site('fresh', { state: 'unknown' }),
      site('odd', { state: 'doubtful' }),
      site('new', { state: 'down', since_ms: 2000 }),
    ]
    const worst = ['new', 'old', 'odd', 'fresh', 'well', 'paused']
    expect(keys(items)).toEqual(worst.map((id) => `acme/${id}`))
  })

  it('counts numbers in names, and puts sites without a figure last', () => {
    const items = [
      site('s10', { uptime: { day: 0.5, week: 1, month: 1 }, p95_ms: null }),
      site('s9', { uptime: { day: null, week: null, month: null }, p95_ms: 9 }),
      site('s1', { p95_ms: 80 }),
    ]
    expect(keys(items, 'sort=name')).toEqual(['acme/s1', 'acme/s9', 'acme/s10'])
    expect(keys(items, 'sort=-name')).toEqual(['acme/s10', 'acme/s9', 'acme/s1'])
    expect(keys(items, 'sort=uptime')).toEqual(['acme/s10', 'acme/s1', 'acme/s9'])
    expect(keys(items, 'sort=p95')).toEqual(['acme/s1', 'acme/s9', 'acme/s10'])
  })

  it('shows what needs somebody above the groups, each with its count', () => {
    const items = [
      site('a', { group: 'Shop', state: 'down' }),
      site('b', { group: 'Shop' }),
      site('c', { group: 'Mail', state: 'doubtful' }),
      site('d'),
    ]
    expect(keys(items)).toEqual([
      'attention ',
      'acme/a',
      'acme/c',
      'group Mail',
      'group Shop',
      'acme/b',
      'group ',
      'acme/d',
    ])
    const shop = arrange(items, choice()).find((entry) => nameOf(entry) === 'group Shop')
    expect(shop).toMatchObject({ group: { total: 2, failing: 1, above: 1, folded: false } })
    expect(keys(items, 'groups=off')).toEqual(['acme/a', 'acme/c', 'acme/b', 'acme/d'])
    expect(keys(items, 'sort=name&folded=Shop,Mail')).toEqual([
      'group Mail',
      'group Shop',
      'group ',
      'acme/d',
    ])
  })

  it('leaves out what is not wanted', () => {
    const items = [
      site('shop', { group: 'Front', error: 'Answered 503', state: 'down' }),
      site('mail', { customer: 'globex' }),
      site('docs', { name: 'Handbook' }),
    ]
    expect(keys(items, 'groups=off&q=HAND+example')).toEqual(['acme/docs'])
    expect(keys(items, 'groups=off&q=503')).toEqual(['acme/shop'])
    expect(keys(items, 'groups=off&state=up&customer=globex')).toEqual(['globex/mail'])
    expect(keys(items, 'groups=off&group=Front')).toEqual(['acme/shop'])
    expect(keys(items, 'groups=off&q=nothing')).toEqual([])
  })
})

describe('an order that is being read', () => {
  const before = [site('a'), site('b', { group: 'G' }), site('c')]
  const shown = arrange(before, choice('sort=name'))

  it('stays, without what is gone and what is new, and heads say what is so now', () => {
    const now = [site('b', { group: 'G', state: 'down' }), site('a'), site('z', { group: 'G' })]
    const fresh = arrange(now, choice('sort=name'))
    const kept = held(shown, fresh, now)
    expect(kept.map(nameOf)).toEqual(['group G', 'acme/b', 'group ', 'acme/a'])
    expect(kept[0]).toMatchObject({ group: { total: 2, failing: 1 } })
    expect(differs(kept, fresh)).toBe(true)
  })

  it('is the same while nothing would move', () => {
    const fresh = arrange(before, choice('sort=name'))
    expect(differs(held(shown, fresh, before), fresh)).toBe(false)
  })
})

describe('the reason in a row', () => {
  it('begins with what matters', () => {
    const one = '1 of 1 requests failed, more were not made; the first: the status is 503'
    expect(briefly(one)).toBe('The status is 503')
    expect(briefly('3 of 5 requests failed; the first: a\nb')).toBe('a\nb (3 of 5 requests)')
    expect(briefly('the latency is 2 s')).toBe('The latency is 2 s')
  })

  it('is not there for a site that is up again', () => {
    expect(reasonOf(site('a', { error: 'old' }))).toBeNull()
    expect(reasonOf(site('a', { state: 'doubtful', error: 'now' }))).toBe('now')
  })
})

describe('what is told to who can not see it', () => {
  const before = statesOf([site('a'), site('b'), site('c'), site('d')])

  it('is which sites went down, and which came up', () => {
    const now = [site('a', { name: 'Shop', state: 'down' }), site('b', { state: 'maintenance' })]
    expect(turnsInWords(before, [...now, site('new', { state: 'down' })])).toBe('Shop: Down')
    expect(turnsInWords(statesOf(now), [site('a')])).toBe('a: Up')
    expect(turnsInWords(before, [site('a')])).toBe('')
  })

  it('is a number where they are many', () => {
    const now = ['a', 'b', 'c', 'd'].map((id) => site(id, { state: 'down' }))
    expect(turnsInWords(before, now)).toBe('4 sites have changed their state')
  })
})

describe('a choice', () => {
  it('comes back from the address as it went in', () => {
    const made = {
      text: 'a b',
      states: ['down' as const, 'up' as const],
      group: '',
      customer: 'acme',
      sort: 'p95' as const,
      reversed: true,
      grouped: false,
      view: 'cards' as const,
      folded: ['A, B', 'C%'],
    }
    const query = Object.entries(queryOf(made)).filter(([, value]) => value !== undefined)
    expect(choiceOf(new URLSearchParams(query as [string, string][]))).toEqual(made)
    expect(narrows(choice())).toBe(false)
    expect(narrows(choice('q=x'))).toBe(true)
  })

  it('takes an address that somebody made up as far as it makes sense', () => {
    const read = choice('sort=colour&state=down,broken&view=wall&folded=%25E0')
    expect(read).toMatchObject({ sort: 'worst', states: ['down'], view: 'auto', folded: ['%E0'] })
  })
})
