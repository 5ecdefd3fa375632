// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { ask, Refusal, send } from '../../api/client'
import { failureOf } from '../../api/failure'
import type { SqlPage } from '../../api/types'
import type { Column, Row } from './shape'

/** Rows of a page that is asked for. */
const PAGE_ROWS = 1_000

/** Rows that are kept in the page; more are for CSV. */
export const ROWS_MAX = 100_000

const CANCEL_AGAIN_MS = 300

export interface Result {
  sql: string
  id: string
  columns: readonly Column[]
  rows: readonly Row[]
  next: string | null
  elapsed_ms: number
  scanned_bytes: number
}

export type Outcome =
  | { kind: 'none' }
  | { kind: 'running'; began_ms: number; cancelling: boolean }
  | { kind: 'done'; result: Result }
  | { kind: 'cancelled' }
  | { kind: 'failed'; sql: string; failure: Error }

export interface Query {
  outcome: Outcome
  /** While the next rows come, and why they did not. */
  more: { loading: boolean; failure: Error | null }
  run: (sql: string) => void
  cancel: () => void
  loadMore: () => void
}

const NO_MORE = { loading: false, failure: null }

/** Runs one query at a time; a new one ends the one before. */
export function useQuery(): Query {
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' })
  const [more, setMore] = useState<Query['more']>(NO_MORE)
  /** The query that the server has, if it has one: running, or with pages left. */
  const held = useRef<string | null>(null)

  useLayoutEffect(() => {
    const leave = () => forget(held.current)
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [])

  const run = useCallback((sql: string) => {
    forget(held.current)
    const id = newId()
    held.current = id
    setMore(NO_MORE)
    setOutcome({ kind: 'running', began_ms: Date.now(), cancelling: false })
    page(sql, id, null).then(
      (answer) => {
        if (held.current === id) {
          held.current = answer.next === null ? null : id
          setOutcome({ kind: 'done', result: { ...answer, sql, id } })
        }
      },
      (failure: unknown) => {
        if (held.current === id) {
          // Where no answer came it may still run: the next query ends it.
          held.current = failure instanceof Refusal ? null : id
          const cancelled = failure instanceof Refusal && failure.problem.kind === 'cancelled'
          setOutcome(
            cancelled ? { kind: 'cancelled' } : { kind: 'failed', sql, failure: errorOf(failure) },
          )
        }
      },
    )
  }, [])

  const kind = useRef(outcome.kind)
  kind.current = outcome.kind
  const stoppable = outcome.kind === 'running' && !outcome.cancelling
  const cancel = useCallback(() => {
    const id = held.current
    if (!stoppable || id === null) {
      return
    }
    setOutcome((old) => (old.kind === 'running' ? { ...old, cancelling: true } : old))
    // Its own answer says that it is over; a server that can't be reached says nothing.
    const tell = () => {
      send(`sql/${id}`, { method: 'DELETE' }).catch((failure: unknown) => {
        if (held.current !== id || kind.current !== 'running') {
          return
        }
        if (failure instanceof Refusal) {
          // It was quicker than the query itself.
          setTimeout(tell, CANCEL_AGAIN_MS)
        } else {
          held.current = null
          setOutcome({ kind: 'cancelled' })
        }
      })
    }
    tell()
  }, [stoppable])

  const result = outcome.kind === 'done' ? outcome.result : null
  const busy = more.loading
  const loadMore = useCallback(() => {
    if (result === null || result.next === null || busy || result.rows.length >= ROWS_MAX) {
      return
    }
    setMore({ loading: true, failure: null })
    page(result.sql, result.id, result.next).then(
      (answer) => {
        if (held.current === result.id) {
          held.current = answer.next === null ? null : result.id
          const rows = [...result.rows, ...answer.rows]
          const elapsed_ms = result.elapsed_ms + answer.elapsed_ms
          setOutcome({ kind: 'done', result: { ...result, ...answer, rows, elapsed_ms } })
          setMore(NO_MORE)
        }
      },
      (failure: unknown) => {
        if (held.current === result.id) {
          setMore({ loading: false, failure: errorOf(failure) })
        }
      },
    )
  }, [result, busy])
  return { outcome, more, run, cancel, loadMore }
}

function page(sql: string, id: string, next: string | null): Promise<SqlPage> {
  const body = next === null ? { sql, id, limit: PAGE_ROWS } : { sql, id, limit: PAGE_ROWS, next }
  return ask<SqlPage>('sql', { method: 'POST', body })
}

/** Tells the server that nobody waits for a query, which would keep a place of its caller's few. */
function forget(id: string | null) {
  if (id !== null) {
    send(`sql/${id}`, { method: 'DELETE', keepalive: true }).catch(() => undefined)
  }
}

/** An id that no other query of this caller has. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return [...bytes].map((each) => each.toString(16).padStart(2, '0')).join('')
}

function errorOf(failure: unknown): Error {
  return failureOf(failure)
}
