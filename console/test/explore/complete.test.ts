// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest'
import type { Catalog, TableColumns } from '../../src/api/types'
import { complete, ITEMS_MAX, tablesIn } from '../../src/pages/explore/complete'

const catalog: Catalog = {
  databases: [
    { name: 'CPTMonitoring-acme', tables: ['WebsiteMonitoringData'] },
    { name: 'weir', tables: ['prometheus', 'proxies'] },
  ],
}
const prometheus: TableColumns = {
  database: 'weir',
  table: 'prometheus',
  columns: [
    { name: 'instance', type: 'varchar', kind: 'dimension' },
    { name: 'measure_name', type: 'varchar', kind: 'measure_name' },
    { name: 'time', type: 'timestamp', kind: 'time' },
    { name: 'measure_value::double', type: 'double', kind: 'measure' },
  ],
}
const known = { catalog, columns: new Map([['weir.prometheus', prometheus]]) }

/** What is suggested at the bar. */
function at(text: string, wanted = false) {
  const caret = text.indexOf('|')
  const whole = text.replace('|', '')
  const found = complete(whole, caret, known, wanted)
  return {
    names: found?.items.map((item) => item.name) ?? [],
    /** The text with the first suggestion taken. */
    taken:
      found === null
        ? whole
        : whole.slice(0, found.from) + (found.items[0]?.text ?? '') + whole.slice(found.to),
  }
}

describe('complete', () => {
  it('suggests tables after FROM, quoted where they must be', () => {
    expect(at('SELECT * FROM |', true).names.slice(0, 2)).toEqual([
      'CPTMonitoring-acme.WebsiteMonitoringData',
      'weir.prometheus',
    ])
    expect(at('SELECT * FROM we|').taken).toBe('SELECT * FROM weir.prometheus')
    expect(at('SELECT * FROM CPT|').taken).toBe(
      'SELECT * FROM "CPTMonitoring-acme"."WebsiteMonitoringData"',
    )
  })

  it('suggests the tables of a database after its dot', () => {
    expect(at('SELECT * FROM weir.|').names).toEqual(['prometheus', 'proxies'])
    expect(at('SELECT * FROM "CPTMonitoring-acme".We|').taken).toBe(
      'SELECT * FROM "CPTMonitoring-acme"."WebsiteMonitoringData"',
    )
  })

  it('suggests columns of the tables that the query names, before functions', () => {
    expect(at('SELECT inst| FROM weir.prometheus').taken).toBe(
      'SELECT instance FROM weir.prometheus',
    )
    expect(at('SELECT measure_v| FROM weir.prometheus').taken).toBe(
      'SELECT measure_value::double FROM weir.prometheus',
    )
    expect(at('SELECT inst| FROM weir.proxies').names).not.toContain('instance')
    expect(at('SELECT p.| FROM weir.prometheus p').names).toEqual(
      prometheus.columns.map((column) => column.name),
    )
  })

  it('suggests functions with their opening bracket, and what only contains the word', () => {
    expect(at('SELECT approx_p|').taken).toBe('SELECT approx_percentile(')
    expect(at('SELECT percentile|').names).toContain('approx_percentile')
  })

  it('replaces the whole word under the caret', () => {
    expect(at('SELECT inst|xxx FROM weir.prometheus').taken).toBe(
      'SELECT instance FROM weir.prometheus',
    )
  })

  it('is silent in texts, comments and numbers, after spaces, and when all is written', () => {
    for (const text of ["SELECT 'we|'", 'SELECT 1 -- we|', 'SELECT 12|', 'SELECT |', '|']) {
      expect(at(text).names, text).toEqual([])
    }
    expect(at('SELECT * FROM weir.prometheus|').names).toEqual([])
    expect(at('select|').names).toEqual([])
  })

  it('never suggests more than can be looked through', () => {
    expect(at('SELECT a|').names).toHaveLength(ITEMS_MAX)
    expect(at('|', true).names).toHaveLength(ITEMS_MAX)
  })
})

describe('tablesIn', () => {
  it('finds tables that are there, each once', () => {
    const text =
      'SELECT * FROM weir.prometheus a JOIN "weir"."prometheus" b ON a.x = b.y JOIN weir.no'
    expect(tablesIn(text, catalog)).toEqual([['weir', 'prometheus']])
    expect(tablesIn(text, null)).toEqual([])
  })
})
