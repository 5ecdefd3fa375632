// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { TableColumns } from '../../api/types'
import { literal, quoted } from './tokens'

/** A query that somebody could want to ask: a text, or a metric whose labels are to be looked up. */
export interface Example {
  name: string
  about: string
  ask: { sql: string } | { table: TableColumns; metric: string }
}

/** Values of a label, as the API tells them. */
interface Label {
  name: string
  values: readonly string[]
}

/** A label with more values would make more lines than can be told apart. */
const LINES_MAX = 20

export function nameOf(table: TableColumns): string {
  return `${quoted(table.database)}.${quoted(table.table)}`
}

export function has(table: TableColumns, ...columns: string[]): boolean {
  return columns.every((name) => table.columns.some((column) => column.name === name))
}

/** Whether Prometheus' samples are kept there. */
export function isMetrics(table: TableColumns): boolean {
  return has(table, 'measure_value::double')
}

/** Whether results of checks are kept there. */
function isChecks(table: TableColumns): boolean {
  return has(table, 'siteId', 'region', 'endpoint_up', 'latency')
}

/** A metric over the last hour: a counter as a rate, anything else as its mean. */
export function metricQuery(
  table: TableColumns,
  metric: string,
  labels: readonly Label[],
  only: readonly [string, string][] = [],
): string {
  const fixed = new Set(only.map(([name]) => name))
  const split = labels
    .filter((label) => !fixed.has(label.name))
    .filter((label) => label.values.length > 1 && label.values.length <= LINES_MAX)
    .sort((a, b) => b.values.length - a.values.length)[0]
  const by = split === undefined ? '' : `, ${quoted(split.name)}`
  const where = [
    `measure_name = ${literal(metric)}`,
    'time >= ago(1h)',
    ...only.map(([name, value]) => `${quoted(name)} = ${literal(value)}`),
  ].join(' AND ')
  if (!/_(total|count|sum|bucket)$/.test(metric)) {
    return `SELECT bin(time, 1m) AS time${by}, avg(measure_value::double) AS value
FROM ${nameOf(table)}
WHERE ${where}
GROUP BY bin(time, 1m)${by}
ORDER BY 1`
  }
  const series = labels.map((label) => quoted(label.name)).join(', ')
  const partition = series === '' ? '' : `PARTITION BY ${series} `
  return `WITH samples AS (
  SELECT time${by}, measure_value::double AS value,
    lag(measure_value::double) OVER (${partition}ORDER BY time) AS before
  FROM ${nameOf(table)}
  WHERE ${where}
)
SELECT bin(time, 1m) AS time${by},
  sum(CASE WHEN value >= before THEN value - before ELSE value END) / 60.0 AS per_second
FROM samples
WHERE before IS NOT NULL
GROUP BY bin(time, 1m)${by}
ORDER BY 1`
}

/** The first rows of a table, the newest first. */
export function rowsQuery(table: string): string {
  return `SELECT *
FROM ${table}
WHERE time >= ago(1h)
ORDER BY time DESC
LIMIT 100`
}

/** What can be asked of the tables that are there, with their real names. */
export function examples(
  tables: readonly TableColumns[],
  counters: ReadonlyMap<string, string>,
): Example[] {
  return tables.flatMap((table) => [
    ...(isChecks(table) ? checkExamples(table) : []),
    ...(isMetrics(table) ? metricExamples(table, counters.get(keyOf(table))) : []),
  ])
}

/** The counter of some that says most: requests before anything else. */
export function tellingCounter(names: readonly string[]): string | undefined {
  return names.find((name) => name.includes('http_requests_total')) ?? names[0]
}

/** Names a table among those that are known. */
export function keyOf(table: { database: string; table: string }): string {
  return `${table.database}.${table.table}`
}

function checkExamples(table: TableColumns): Example[] {
  const from = nameOf(table)
  const of = `of ${table.database}`
  return [
    {
      name: 'Availability by site',
      about: `The last 24 hours ${of}, the worst first`,
      ask: {
        sql: `SELECT siteId, count(*) AS runs,
  100 * avg(CASE WHEN endpoint_up THEN 1.0 ELSE 0.0 END) AS up_percent
FROM ${from}
WHERE measure_name = 'check' AND time >= ago(24h) AND endpoint_up IS NOT NULL
GROUP BY siteId
ORDER BY up_percent, siteId`,
      },
    },
    {
      name: 'Slowest sites',
      about: `95th percentile of the last hour ${of}`,
      ask: {
        sql: `SELECT siteId, region, 1000 * approx_percentile(latency, 0.95) AS p95_ms
FROM ${from}
WHERE measure_name = 'check' AND time >= ago(1h) AND latency IS NOT NULL
GROUP BY siteId, region
ORDER BY p95_ms DESC
LIMIT 20`,
      },
    },
    {
      name: 'Latency over time',
      about: `Each site's mean every 5 minutes ${of}`,
      ask: {
        sql: `SELECT bin(time, 5m) AS time, siteId, 1000 * avg(latency) AS latency_ms
FROM ${from}
WHERE measure_name = 'check' AND time >= ago(6h) AND latency IS NOT NULL
GROUP BY bin(time, 5m), siteId
ORDER BY 1, 2`,
      },
    },
    {
      name: 'Why checks failed',
      about: `Causes of the last 24 hours ${of}`,
      ask: {
        sql: `SELECT siteId, error_class, count(*) AS runs, max(time) AS last, max_by(error_message, time) AS message
FROM ${from}
WHERE measure_name = 'check' AND time >= ago(24h) AND NOT endpoint_up
GROUP BY siteId, error_class
ORDER BY runs DESC`,
      },
    },
    {
      name: 'What was missed',
      about: `Slots of the last 24 hours without a run ${of}`,
      ask: {
        sql: `SELECT time, siteId, region, error_message
FROM ${from}
WHERE measure_name = 'check' AND time >= ago(24h) AND endpoint_up IS NULL
ORDER BY time DESC
LIMIT 100`,
      },
    },
  ]
}

function metricExamples(table: TableColumns, counter: string | undefined): Example[] {
  const from = nameOf(table)
  const label = ['instance', 'job'].find((name) => has(table, name))
  const found: Example[] = []
  if (counter !== undefined) {
    found.push({
      name: 'A rate',
      about: `${counter} per second, over the last hour`,
      ask: { table, metric: counter },
    })
  }
  found.push({
    name: 'Metrics that came lately',
    about: 'With their samples of the last 5 minutes',
    ask: {
      sql: `SELECT measure_name, count(*) AS samples, max(time) AS last
FROM ${from}
WHERE time >= ago(5m)
GROUP BY measure_name
ORDER BY samples DESC
LIMIT 100`,
    },
  })
  if (label !== undefined) {
    found.push({
      name: `Top values of ${label}`,
      about: 'Who wrote most samples in the last hour',
      ask: {
        sql: `SELECT ${quoted(label)}, count(*) AS samples, count(DISTINCT measure_name) AS metrics
FROM ${from}
WHERE time >= ago(1h)
GROUP BY ${quoted(label)}
ORDER BY samples DESC
LIMIT 20`,
      },
    })
  }
  return found
}
