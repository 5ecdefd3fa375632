// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from 'preact/hooks'
import { failureOf } from '../../api/failure'
import { Button } from '../../parts/Button'
import { bytes, duration, milliseconds, whole } from '../../parts/format'
import { Notice } from '../../parts/Notice'
import { saveCsv, wasGivenUp } from './csv'
import { ResultChart } from './ResultChart'
import { ResultTable } from './ResultTable'
import './result.css'
import { standardChoice, timeColumn } from './series'
import { type Query, type Result, ROWS_MAX } from './useQuery'

/** What came of a query: rows, as table or chart, or why there are none. */
export function ResultPanel({ query }: { query: Query }) {
  const { outcome } = query
  switch (outcome.kind) {
    case 'none':
      return <p class="explore-note">What you ask is answered here.</p>
    case 'running':
      return <Running began_ms={outcome.began_ms} cancelling={outcome.cancelling} />
    case 'cancelled':
      return <p role="status">Cancelled. Nothing was changed: queries only read.</p>
    case 'failed':
      return null
    case 'done':
      return <Done key={outcome.result.id} query={query} result={outcome.result} />
  }
}

function Running({ began_ms, cancelling }: { began_ms: number; cancelling: boolean }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 100)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, now - began_ms) / 1000
  return (
    <div class="explore-running">
      <p role="status">{cancelling ? 'Cancelling …' : 'Running …'}</p>
      <p class="number" aria-hidden="true">
        {seconds < 60 ? `${seconds.toFixed(1)} s` : duration(seconds)}
      </p>
    </div>
  )
}

function Done({ query, result }: { query: Query; result: Result }) {
  const charted = standardChoice(result.columns, result.rows) !== null
  const [asChart, setAsChart] = useState(
    charted && (result.rows.length > 1 || timeColumn(result.columns) < 0),
  )
  const [saving, setSaving] = useState(false)
  const [saved, setSaved] = useState<Error | null>(null)
  const save = async () => {
    setSaving(true)
    setSaved(null)
    try {
      await saveCsv(result.sql, result.next !== null)
    } catch (failure) {
      if (!wasGivenUp(failure)) {
        setSaved(failureOf(failure))
      }
    } finally {
      setSaving(false)
    }
  }
  const count = result.rows.length
  return (
    <>
      <div class="explore-result-head">
        <p role="status" class="number">
          {result.next === null ? '' : 'First '}
          {count === 1 ? '1 row' : `${whole(count)} rows`} · {milliseconds(result.elapsed_ms)}
          {result.scanned_bytes > 0 && ` · ${bytes(result.scanned_bytes)} read`}
        </p>
        <div class="buttons" role="group" aria-label="How the result is shown">
          <Press on={!asChart} onClick={() => setAsChart(false)}>
            Table
          </Press>
          <Press on={asChart} disabled={!charted} onClick={() => setAsChart(true)}>
            Chart
          </Press>
          <Button busy={saving} onClick={() => void save()}>
            Download CSV
          </Button>
        </div>
      </div>
      {saved !== null && (
        <Notice kind="failure">The download broke off: {saved.message}. Try again.</Notice>
      )}
      {asChart ? (
        <ResultChart result={result} />
      ) : count === 0 ? (
        <p class="explore-note">No rows. Nothing that is stored fits the query.</p>
      ) : (
        <ResultTable result={result} onNear={query.loadMore} />
      )}
      {!asChart && <More query={query} result={result} />}
    </>
  )
}

function More({ query, result }: { query: Query; result: Result }) {
  if (query.more.failure !== null) {
    return (
      <Notice kind="failure">
        The next rows did not come: {query.more.failure.message}{' '}
        <Button onClick={query.loadMore}>Try again</Button>
      </Notice>
    )
  }
  if (result.next === null) {
    return null
  }
  return (
    <p class="explore-note" role="status">
      {result.rows.length >= ROWS_MAX
        ? `The page keeps ${whole(ROWS_MAX)} rows; the CSV has all of them.`
        : query.more.loading
          ? 'Loading more rows …'
          : 'More rows come as you scroll. Sorting sorts the rows that are loaded.'}
    </p>
  )
}

/** One of some, of which one is on. */
export function Press({
  on,
  disabled = false,
  onClick,
  children,
}: {
  on: boolean
  disabled?: boolean
  onClick: () => void
  children: string
}) {
  return (
    <button
      type="button"
      class="button explore-press"
      aria-pressed={on}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
