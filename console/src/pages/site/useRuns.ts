// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useRef, useState } from 'preact/hooks'
import { ask } from '../../api/client'
import { failureOf } from '../../api/failure'
import type { ResultsPage } from '../../api/types'
import { useLoaded } from '../../api/use'
import { withHead, withTail } from './merge'
import { windowOf } from './range'
import { type Asking, rangeKey, serverNow } from './useSeries'

/** So many runs are asked for at a time. */
const LIMIT = 50

interface RunsList {
  page: ResultsPage | null
  failure: Error | null
  again: () => void
  /** Asks for the runs before the last one; null where there are none. */
  more: (() => void) | null
  asking: boolean
}

/** The runs of a range, the newest first; new ones come in at the head of what was read so far. */
export function useRuns(asked: Asking & { outcome: string }): RunsList {
  const { path, range, region, outcome, interval_s, every_ms } = asked
  const key = `runs ${path} ${rangeKey(range)} ${region} ${outcome}`
  const load = (signal: AbortSignal | undefined, after?: string) => {
    const { from_ms, to_ms } = windowOf(range, interval_s, serverNow())
    return ask<ResultsPage>(`${path}/results`, {
      query: { from: from_ms, to: to_ms, region, outcome, after, limit: LIMIT },
      ...(signal === undefined ? {} : { signal }),
    })
  }
  const head = useLoaded<ResultsPage>(key, (signal) => load(signal), every_ms)
  const [held, setHeld] = useState<{ key: string; page: ResultsPage } | null>(null)
  const [asking, setAsking] = useState(false)
  const [failure, setFailure] = useState<Error | null>(null)
  const present = useRef(key)
  present.current = key
  const first = head.data
  useEffect(() => {
    setFailure(null)
    if (first !== null) {
      setHeld((old) => ({ key, page: withHead(old?.key === key ? old.page : null, first) }))
    }
  }, [key, first])
  const page = held?.key === key ? held.page : first
  const next = page?.next ?? null
  const more = () => {
    if (next === null) {
      return
    }
    setAsking(true)
    setFailure(null)
    load(undefined, next)
      .then(
        (tail) => {
          if (present.current === key) {
            setHeld((old) => (old?.key === key ? { key, page: withTail(old.page, tail) } : old))
          }
        },
        (refused: unknown) => setFailure(failureOf(refused)),
      )
      .finally(() => setAsking(false))
  }
  return {
    page,
    failure: failure ?? head.failure,
    again: head.again,
    more: next === null ? null : more,
    asking,
  }
}
