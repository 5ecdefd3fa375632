// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { beforeEach, describe, expect, it } from 'vitest'
import type { TableColumns } from '../../src/api/types'
import { KEPT_MAX, past, remember } from '../../src/pages/explore/history'
import { examples, metricQuery, tellingCounter } from '../../src/pages/explore/queries'

const column = (name: string, type = 'varchar') => ({ name, type, kind: 'measure' as const })
const checks: TableColumns = {
  database: 'CPTMonitoring-acme',
  table: 'WebsiteMonitoringData',
  columns: ['siteId', 'region', 'endpoint_up', 'latency'].map((name) => column(name)),
}
const metrics: TableColumns = {
  database: 'weir',
  table: 'prometheus',
  columns: ['instance', 'job', 'measure_value::double'].map((name) => column(name)),
}

describe('examples', () => {
  it('name the databases that are there, and leave out what is not', () => {
    const found = examples([checks], new Map())
    expect(found.map((each) => each.name)).toContain('Availability by site')
    for (const { ask } of found) {
      expect('sql' in ask ? ask.sql : '').toContain('"CPTMonitoring-acme"."WebsiteMonitoringData"')
    }
    expect(examples([{ ...checks, columns: [] }], new Map())).toEqual([])
  })

  it('offer a rate of a counter that is there', () => {
    expect(examples([metrics], new Map()).map((each) => each.name)).not.toContain('A rate')
    expect(examples([metrics], new Map([['weir.prometheus', 'x_total']]))[0]?.ask).toEqual({
      table: metrics,
      metric: 'x_total',
    })
    expect(tellingCounter(['a_total', 'weir_http_requests_total'])).toBe('weir_http_requests_total')
    expect(tellingCounter([])).toBeUndefined()
  })
})

describe('metricQuery', () => {
  const labels = [
    { name: 'instance', values: ['a', 'b'] },
    { name: 'Code', values: ['1', '2', '3'] },
    { name: 'path', values: Array.from({ length: 21 }, (_, index) => `/${index}`) },
  ]

  it('takes a gauge as its mean, by the label that has most values and not too many', () => {
    expect(metricQuery(metrics, "it's", labels)).toBe(
      `SELECT bin(time, 1m) AS time, "Code", avg(measure_value::double) AS value
FROM weir.prometheus
WHERE measure_name = 'it''s' AND time >= ago(1h)
GROUP BY bin(time, 1m), "Code"
ORDER BY 1`,
    )
  })

  it('takes a counter as a rate, series by series', () => {
    const sql = metricQuery(metrics, 'requests_total', labels, [['Code', "5'"]])
    expect(sql).toContain('OVER (PARTITION BY instance, "Code", path ORDER BY time)')
    expect(sql).toContain(`AND "Code" = '5'''`)
    expect(sql).toContain('SELECT bin(time, 1m) AS time, instance,')
  })

  it('does without labels', () => {
    expect(metricQuery(metrics, 'requests_total', [])).toContain('OVER (ORDER BY time)')
  })
})

describe('history', () => {
  beforeEach(() => localStorage.clear())

  it('keeps the last queries, each once, the newest first', () => {
    for (let index = 0; index < KEPT_MAX + 5; index++) {
      remember(`SELECT ${index}`, index)
    }
    remember(' SELECT 10 ', 99)
    expect(past()).toHaveLength(KEPT_MAX)
    expect(
      past()
        .slice(0, 2)
        .map((each) => each.sql),
    ).toEqual(['SELECT 10', 'SELECT 24'])
  })

  it('takes a broken store as an empty one', () => {
    localStorage.setItem('weir.queries', '{"no": 1}')
    expect(past()).toEqual([])
    localStorage.setItem('weir.queries', 'nonsense')
    expect(past()).toEqual([])
    localStorage.setItem('weir.queries', '[{"sql":1},{"sql":"x","at_ms":1}]')
    expect(past()).toEqual([{ sql: 'x', at_ms: 1 }])
  })
})
