// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { failureOf } from './failure'

export interface Loaded<T> {
  /** The last that was had; it stays while it is asked for again, or can't be had. */
  data: T | null
  failure: Error | null
  loading: boolean
  /** When data was had, in epoch milliseconds. */
  at_ms: number | null
  again: () => void
}

/**
 * Asks for something, and again every so often while the page is looked at.
 *
 * @param key what is asked for: another key is another question, and its data begins empty
 * @param every_ms 0 for once
 */
export function useLoaded<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  every_ms = 0,
): Loaded<T> {
  const [state, setState] = useState<Held<T>>(() => fresh(key))
  const [turn, setTurn] = useState(0)
  const latest = useRef(load)
  latest.current = load
  useEffect(() => {
    const abort = new AbortController()
    let timer: number | undefined
    const next = () => {
      if (every_ms > 0 && !abort.signal.aborted) {
        timer = window.setTimeout(run, every_ms)
      }
    }
    const run = () => {
      if (document.hidden) {
        next()
        return
      }
      latest.current(abort.signal).then(
        (data) => {
          if (!abort.signal.aborted) {
            setState({ key, data, failure: null, loading: false, at_ms: Date.now() })
            next()
          }
        },
        (failure: unknown) => {
          if (!abort.signal.aborted) {
            const error = failureOf(failure)
            setState((old) => ({
              ...(old.key === key ? old : fresh(key)),
              failure: error,
              loading: false,
            }))
            next()
          }
        },
      )
    }
    setState((old) => (old.key === key ? { ...old, loading: true } : fresh(key)))
    run()
    return () => {
      abort.abort()
      window.clearTimeout(timer)
    }
  }, [key, every_ms, turn])
  const again = useCallback(() => setTurn((old) => old + 1), [])
  return { ...(state.key === key ? state : fresh(key)), again }
}

type Held<T> = Omit<Loaded<T>, 'again'> & { key: string }

function fresh(key: string): Held<never> {
  return { key, data: null, failure: null, loading: true, at_ms: null }
}
