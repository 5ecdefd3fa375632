// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { signal } from '@preact/signals'
import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import type { OverviewItem } from '../../src/api/types'
import { SiteCard } from '../../src/pages/overview/SiteCard'
import { SiteRow } from '../../src/pages/overview/SiteRow'
import { site } from './sites'

const naming = { customer: true, group: 'always' as const }
const runs = {
  letters: 'uud',
  last_ms: Date.UTC(2026, 0, 2),
  gaps_s: [60, 60],
  latency_ms: [10, 20, null],
}

afterEach(cleanup)

function shown(item: OverviewItem) {
  const held = signal(item)
  render(
    <div role="row">
      <SiteRow site={held} naming={naming} current={true} />
    </div>,
  )
  return held
}

describe('a row', () => {
  it('shows markup and words of any direction as text', () => {
    shown(site('x', { name: '<b>bold</b>', group: '<i>', state: 'down', error: '<img src=x>' }))
    const link = screen.getByRole('link', { name: '<b>bold</b>' })
    expect(link.getAttribute('href')).toBe('#/sites/acme/x')
    expect(link.children).toHaveLength(0)
    expect(link.getAttribute('dir')).toBe('auto')
    expect(screen.getByText('<img src=x>').children).toHaveLength(0)
    expect(screen.getByText('<i>').getAttribute('dir')).toBe('auto')
  })

  it('says its state, and why, in words', () => {
    shown(site('x', { state: 'doubtful', error: '1 of 3 requests failed; the first: no answer' }))
    expect(screen.getByText('Doubtful')).toBeTruthy()
    expect(screen.getByText('no answer').getAttribute('title')).toContain('1 of 3 requests')
  })

  it('changes in its place when its site does', () => {
    const held = shown(site('x', { runs }))
    const link = screen.getByRole('link', { name: 'x' })
    held.value = site('x', { runs, state: 'down', error: 'refused' })
    return Promise.resolve().then(() => {
      expect(screen.getByText('Down')).toBeTruthy()
      expect(screen.getByRole('link', { name: 'x' })).toBe(link)
    })
  })

  it('warns of a certificate two weeks before it ends', () => {
    shown(site('a', { certificate_days: 13.9 }))
    expect(screen.getByTitle('The certificate ends in 13 d').textContent).toBe('13 d')
    cleanup()
    shown(site('a', { certificate_days: 14 }))
    expect(screen.queryByTitle(/certificate/)).toBeNull()
    cleanup()
    shown(site('a', { certificate_days: -1 }))
    expect(screen.getByTitle('The certificate has expired')).toBeTruthy()
  })

  it('tells of its runs in words, one after the other by the arrow keys', () => {
    shown(site('x', { runs }))
    const strip = screen.getByRole('slider')
    expect(strip.getAttribute('aria-label')).toMatch(/^3 runs, 1 failed, last /)
    expect(strip.getAttribute('aria-valuetext')).toMatch(/^Down, /)
    fireEvent.keyDown(strip, { key: 'ArrowLeft' })
    expect(strip.getAttribute('aria-valuetext')).toMatch(/^Up, 20 ms, /)
    fireEvent.keyDown(strip, { key: 'Home' })
    expect(strip.getAttribute('aria-valuenow')).toBe('1')
    expect(strip.getAttribute('aria-valuetext')).toMatch(/^Up, 10 ms, /)
    expect(strip.querySelector('.strip-hint')?.textContent).toContain('10 ms')
    fireEvent.focusOut(strip)
    expect(strip.querySelector('.strip-hint')).toBeNull()
  })
})

describe('a card', () => {
  it('has the figures of the row', () => {
    const item = site('x', { uptime: { day: 0.9, week: 0.9951, month: 1 }, p50_ms: 5, runs })
    render(<SiteCard site={signal(item)} naming={naming} current={false} />)
    const figures = screen.getAllByRole('definition').map((each) => each.textContent)
    expect(figures).toEqual(['90.0', '99.51', '100', '5.0 ms', '40 ms'])
    expect(screen.getByText('acme')).toBeTruthy()
    expect(screen.getByRole('slider').getAttribute('tabindex')).toBe('-1')
  })
})
