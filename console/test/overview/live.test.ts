// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Change, OverviewItem } from '../../src/api/types'
import { countsOf } from '../../src/pages/overview/board'
import { jsonLines } from '../../src/pages/overview/lines'
import { Live, OPENING_MS, RETRY_MAX_MS, SILENCE_MS } from '../../src/pages/overview/live'
import type { Page, Source } from '../../src/pages/overview/source'
import { site } from './sites'

/** A server of pages with two sites each, and of a stream that the test writes. */
class Server implements Source {
  items: OverviewItem[]
  tag = 'one'
  down = false
  asked: (string | null)[] = []
  streams: { since: number | null; say: (change: Change) => void; end: (how?: Error) => void }[] =
    []
  refuses = false
  /** Called before each page is answered. */
  before: (after: string | null) => void = () => undefined

  constructor(...items: OverviewItem[]) {
    this.items = items
  }

  page(after: string | null, etag: string | null): Promise<Page | null> {
    this.asked.push(etag)
    this.before(after)
    if (this.down) {
      return Promise.reject(new Error('Weir does not answer'))
    }
    if (etag === this.tag) {
      return Promise.resolve(null)
    }
    const from = Number(after ?? '0')
    const next = from + 2 < this.items.length ? String(from + 2) : null
    const items = this.items.slice(from, from + 2)
    const overview = { items, next, counts: countsOf(this.items), now_ms: 5000 }
    return Promise.resolve({ overview, etag: this.tag })
  }

  async *changes(since: number | null, signal: AbortSignal): AsyncGenerator<Change> {
    if (this.refuses || this.down) {
      throw new Error('too many streams')
    }
    const waiting: (Change | Error | null)[] = []
    let wake: () => void = () => undefined
    const add = (what: Change | Error | null) => {
      waiting.push(what)
      wake()
    }
    signal.addEventListener('abort', () => add(new Error('aborted')))
    this.streams.push({ since, say: add, end: (how) => add(how ?? null) })
    for (;;) {
      const next = waiting.shift()
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      } else if (next === null) {
        return
      } else if (next instanceof Error) {
        throw next
      } else {
        yield next
      }
    }
  }

  get stream() {
    const last = this.streams.at(-1)
    if (last === undefined) {
      throw new Error('no stream was opened')
    }
    return last
  }
}

let live: Live
let server: Server

async function begin(...items: OverviewItem[]): Promise<void> {
  server = new Server(...items)
  live = new Live(server)
  live.start()
  await vi.advanceTimersByTimeAsync(0)
}

function names(): string[] {
  return live.board.all.value.map((item) => item.id)
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  live.stop()
  vi.useRealTimers()
})

describe('the board', () => {
  it('has all pages, then follows the stream from the time of the first', async () => {
    await begin(site('a'), site('b'), site('c'))
    expect(names()).toEqual(['a', 'b', 'c'])
    expect(live.complete.value).toBe(true)
    expect(server.stream.since).toBe(5000)
    const a = live.board.site('acme/a')
    server.stream.say({ now_ms: 6000, items: [site('a', { state: 'down' }), site('d')] })
    server.stream.say({ now_ms: 7000, removed: [{ customer: 'acme', id: 'b' }] })
    await vi.advanceTimersByTimeAsync(0)
    expect(names()).toEqual(['a', 'c', 'd'])
    expect(a?.value.state).toBe('down')
    expect(live.streaming.value).toBe(true)
    expect(countsOf(live.board.all.value)).toMatchObject({ up: 2, down: 1 })
  })

  it('takes the word of the stream over that of a page that was asked for before', async () => {
    server = new Server(site('a'), site('b'), site('c'), site('d'))
    live = new Live(server)
    let release: () => void = () => undefined
    const page = server.page.bind(server)
    server.page = async (after, etag) => {
      if (after !== null) {
        await new Promise<void>((resolve) => {
          release = resolve
        })
      }
      return page(after, etag)
    }
    live.start()
    await vi.advanceTimersByTimeAsync(0)
    expect(names()).toEqual(['a', 'b'])
    expect(live.complete.value).toBe(false)
    const removed = [{ customer: 'acme', id: 'd' }]
    server.stream.say({ now_ms: 6000, items: [site('c', { state: 'down' })], removed })
    await vi.advanceTimersByTimeAsync(0)
    release()
    await vi.advanceTimersByTimeAsync(0)
    expect(live.complete.value).toBe(true)
    expect(live.board.site('acme/c')?.value.state).toBe('down')
    expect(names()).not.toContain('d')
  })

  it('takes a stream up again where it ended well, without the pages', async () => {
    await begin(site('a'))
    server.stream.say({ now_ms: 9000 })
    await vi.advanceTimersByTimeAsync(0)
    server.stream.end()
    await vi.advanceTimersByTimeAsync(1500)
    expect(server.streams.map((each) => each.since)).toEqual([5000, 9000])
    expect(server.asked).toHaveLength(1)
  })

  it('asks for the pages again after a stream that broke, and forgets what is gone', async () => {
    await begin(site('a'), site('b'))
    server.stream.say({ now_ms: 9000, items: [site('a')] })
    await vi.advanceTimersByTimeAsync(0)
    server.items = [site('b')]
    server.tag = 'two'
    server.stream.end(new Error('reset'))
    await vi.advanceTimersByTimeAsync(1500)
    expect(names()).toEqual(['b'])
    // The board was not as the page any more: an ETag would have kept what the stream had said.
    expect(server.asked).toEqual([null, null])
  })
})

describe('without a stream', () => {
  it('pages are asked for every ten seconds, by their ETags', async () => {
    server = new Server(site('a'))
    server.refuses = true
    live = new Live(server)
    live.start()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(live.streaming.value).toBe(false)
    expect(server.asked.length).toBeGreaterThanOrEqual(6)
    expect(new Set(server.asked.slice(1))).toEqual(new Set(['one']))
    server.items = [site('a', { state: 'down' })]
    server.tag = 'two'
    await vi.advanceTimersByTimeAsync(RETRY_MAX_MS)
    expect(live.board.site('acme/a')?.value.state).toBe('down')
  })

  it('what is on the board stays, and the time of the last news with it', async () => {
    await begin(site('a'))
    server.stream.say({ now_ms: 6000 })
    await vi.advanceTimersByTimeAsync(0)
    const heard = live.news_ms.value
    server.down = true
    server.stream.end(new Error('reset'))
    await vi.advanceTimersByTimeAsync(30_000)
    expect(names()).toEqual(['a'])
    expect(live.failure.value?.message).toBe('Weir does not answer')
    expect(live.news_ms.value).toBe(heard)
    server.down = false
    live.again()
    await vi.advanceTimersByTimeAsync(0)
    expect(live.failure.value).toBeNull()
    expect(live.news_ms.value).not.toBe(heard)
  })

  it('a stream that says nothing is given up', async () => {
    await begin(site('a'))
    await vi.advanceTimersByTimeAsync(OPENING_MS + RETRY_MAX_MS)
    expect(server.streams).toHaveLength(2)
    server.stream.say({ now_ms: 6000 })
    await vi.advanceTimersByTimeAsync(SILENCE_MS - 1)
    expect(server.streams).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(5000)
    expect(server.streams).toHaveLength(3)
  })

  it('nothing is asked for any more once it has stopped', async () => {
    await begin(site('a'))
    live.stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.asked).toHaveLength(1)
  })
})

describe('a stream of lines', () => {
  function body(...parts: string[]): ReadableStream<Uint8Array> {
    const bytes = parts.map((part) => Uint8Array.from(part, (each) => each.charCodeAt(0)))
    return new ReadableStream({
      start(controller) {
        bytes.forEach((each) => controller.enqueue(each))
        controller.close()
      },
    })
  }

  async function all(from: ReadableStream<Uint8Array>): Promise<unknown[]> {
    const found = []
    for await (const each of jsonLines<unknown>(from)) {
      found.push(each)
    }
    return found
  }

  it('is read whichever way it was cut, in the middle of a letter too', async () => {
    expect(await all(body('{"a"', ':1}\n\n{"b":"\xc3', '\xa4"}\n', '3'))).toEqual([
      { a: 1 },
      { b: 'ä' },
      3,
    ])
  })

  it('is broken where the last line is', async () => {
    await expect(all(body('{"a":1}\n{"b"'))).rejects.toThrow()
  })
})
