// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { batch, signal } from '@preact/signals'
import { failureOf } from '../../api/failure'
import type { Change, Overview } from '../../api/types'
import { Board, keyOf, type Counts } from './board'
import type { Page, Source } from './source'

/** A stream that has been silent for so long is taken for a broken one. */
export const SILENCE_MS = 30_000
/** One that does not begin for so long is held back on its way, by a proxy that collects. */
export const OPENING_MS = 15_000
/** Between two tries: doubled from the first to the last. */
const RETRY_MIN_MS = 1_000
export const RETRY_MAX_MS = 10_000

interface Known {
  after: string | null
  next: string | null
  etag: string | null
  keys: string[]
}

/** How a stream ended: as the server ends it, in the middle, or before it said anything. */
type Ended = 'whole' | 'broken' | 'silent'

/**
 * Keeps the board as the server has it: all pages once, and the stream of changes since the first
 * of them. A stream that ends well is taken up where it ended; without one, the pages are asked for
 * again every ten seconds, by their ETags. Whatever fails is tried again, and the board stays.
 */
export class Live {
  readonly board = new Board()
  /** Whether all pages have been had. */
  readonly complete = signal(false)
  /** Whether changes come as they happen. */
  readonly streaming = signal(false)
  /** Why the last try to get the pages failed; null once one succeeds. */
  readonly failure = signal<Error | null>(null)
  /** When the server was last heard of, by the browser's clock. */
  readonly news_ms = signal<number | null>(null)
  /** What the server's clock is ahead of the browser's. */
  readonly ahead_ms = signal(0)
  /** The server's count of all sites; the board has its own once it is complete. */
  readonly counts = signal<Counts | null>(null)

  readonly #source: Source
  #running: AbortController | null = null
  #wake: () => void = () => undefined
  #pages: Known[] = []
  /** The server's time of what is known. */
  #server_ms: number | null = null
  /** Sites that the stream has told of since the pages were asked for: it knows better. */
  #touched = new Set<string>()

  constructor(source: Source) {
    this.#source = source
  }

  start(): void {
    if (this.#running === null) {
      this.#running = new AbortController()
      void this.#follow(this.#running.signal)
    }
  }

  stop(): void {
    this.#running?.abort()
    this.#running = null
    this.streaming.value = false
    this.#wake()
  }

  /** Tries at once instead of waiting. */
  again(): void {
    this.#wake()
  }

  async #follow(signal: AbortSignal): Promise<void> {
    let wait_ms = RETRY_MIN_MS
    let resumes = false
    const over = () => signal.aborted
    while (!over()) {
      const turn = new AbortController()
      const end = () => turn.abort()
      signal.addEventListener('abort', end)
      let stream = Promise.resolve<Ended>('silent')
      const listen = () => {
        stream = this.#listen(turn)
      }
      try {
        if (resumes) {
          listen()
        } else {
          await this.#load(turn.signal, listen)
        }
        this.failure.value = null
      } catch (failure) {
        turn.abort()
        if (!over()) {
          this.failure.value = failureOf(failure)
        }
      }
      const ended = await stream
      resumes = ended === 'whole' && this.complete.value
      wait_ms = ended === 'silent' ? Math.min(RETRY_MAX_MS, wait_ms * 2) : RETRY_MIN_MS
      signal.removeEventListener('abort', end)
      if (!over()) {
        await this.#pause(wait_ms)
      }
    }
  }

  /** Follows the stream of what changed since the server was last heard of, to its end. */
  async #listen(turn: AbortController): Promise<Ended> {
    let ended: Ended = 'silent'
    let watch = setTimeout(() => turn.abort(), OPENING_MS)
    try {
      for await (const change of this.#source.changes(this.#server_ms, turn.signal)) {
        if (turn.signal.aborted) {
          return ended
        }
        clearTimeout(watch)
        watch = setTimeout(() => turn.abort(), SILENCE_MS)
        ended = 'broken'
        this.#take(change)
      }
      return ended === 'broken' ? 'whole' : ended
    } catch {
      // The pages are asked for again, and tell what is wrong where they fail as well.
      return ended
    } finally {
      clearTimeout(watch)
      this.streaming.value = false
    }
  }

  #take(change: Change): void {
    const named = [...(change.items ?? []), ...(change.removed ?? [])]
    named.forEach((site) => this.#touched.add(keyOf(site)))
    if (named.length > 0) {
      // What the pages were under their ETags is not what the board has any more.
      this.#pages = []
    }
    batch(() => {
      this.streaming.value = true
      this.#heard(change.now_ms)
      this.board.merge(change)
    })
  }

  /** @param begun called once the first page is there: what changes later is the stream's to tell */
  async #load(signal: AbortSignal, begun: () => void): Promise<void> {
    const before = this.#pages
    const pages: Known[] = []
    this.#touched = new Set()
    let after: string | null = null
    do {
      const known = before.find((page) => page.after === after)
      const answer = await this.#source.page(after, known?.etag ?? null, signal)
      const page: Known = known !== undefined && answer === null ? known : this.#put(after, answer)
      this.#heard(after === null ? (answer?.overview.now_ms ?? null) : null)
      if (after === null) {
        begun()
      }
      pages.push(page)
      after = page.next
    } while (after !== null)
    const keys = new Set(pages.flatMap((page) => page.keys))
    this.#touched.forEach((key) => keys.add(key))
    this.#pages = this.#touched.size === 0 ? pages : []
    batch(() => {
      this.board.keepOnly(keys)
      this.complete.value = true
    })
  }

  #put(after: string | null, answer: Page | null): Known {
    if (answer === null) {
      throw new Error('Weir says that nothing has changed, but not since when')
    }
    const { items, next, counts }: Overview = answer.overview
    batch(() => {
      this.counts.value = counts
      this.board.put(items.filter((item) => !this.#touched.has(keyOf(item))))
    })
    return { after, next, etag: answer.etag, keys: items.map(keyOf) }
  }

  #heard(now_ms: number | null): void {
    this.news_ms.value = Date.now()
    if (now_ms !== null) {
      this.#server_ms = now_ms
      this.ahead_ms.value = now_ms - Date.now()
    }
  }

  #pause(wait_ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait_ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
