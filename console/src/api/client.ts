// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { signal } from '@preact/signals'
import type { Me, Problem } from './types'

/** Where the API is: beside the console, or as config.json says (a console in a bucket). */
interface Place {
  api: string
  issuer: string | null
}

const FIND_AGAIN_MS = 2_000

let place: Place = { api: '', issuer: null }
let token: string | null = null

/** Who is signed in; null before that is known. */
export const me = signal<Me | null>(null)

/** Whether somebody has to sign in before anything else can be asked. */
export const mustSignIn = signal(false)

/** Whether the last call reached the API. */
export const reachable = signal(true)

/** What the API refused, in its own words. */
export class Refusal extends Error {
  readonly problem: Problem
  readonly status: number

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
    this.status = problem.status
  }
}

/** The API could not be reached, or something else answered. */
export class Unreachable extends Error {}

/** Until it is over, nobody is asked anything: a console in a bucket has no API beside it. */
let finding: Promise<void> | null = null

/** Reads config.json, which a console in a bucket has beside it; until it can be had. */
export function findApi(fetching: typeof fetch = fetch): Promise<void> {
  finding = readPlace(fetching).then(() => {
    finding = null
  })
  return finding
}

async function readPlace(fetching: typeof fetch): Promise<void> {
  try {
    const response = await fetching('./config.json', { cache: 'no-cache' })
    if (response.ok && (response.headers.get('Content-Type') ?? '').includes('json')) {
      const given = (await response.json()) as Partial<Place>
      place = { api: (given.api ?? '').replace(/\/$/, ''), issuer: given.issuer ?? null }
    }
  } catch {
    reachable.value = false
    await new Promise((resolve) => setTimeout(resolve, FIND_AGAIN_MS))
    await readPlace(fetching)
  }
}

/** Address of something below /api/v1. */
export function address(
  path: string,
  query: Record<string, string | number | undefined> = {},
): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      parameters.set(name, String(value))
    }
  }
  const text = parameters.toString()
  return `${place.api}/api/v1/${path}${text === '' ? '' : `?${text}`}`
}

/** The address of this Weir, as others reach it. */
export function ownAddress(): string {
  return new URL(address(''), location.href).href.replace(/\/api\/v1\/$/, '')
}

export interface Asked {
  method?: 'GET' | 'PUT' | 'POST' | 'DELETE'
  query?: Record<string, string | number | undefined>
  /** Sent as JSON; a text as it is. */
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
  /** Sent to its end even while the page goes. */
  keepalive?: boolean
}

/** Asks the API; the response is one that succeeded. */
export async function send(path: string, asked: Asked = {}): Promise<Response> {
  try {
    return await sendOnce(path, asked)
  } catch (failure) {
    // Another tab has signed in again: the session is another, and has a token of its own.
    if (failure instanceof Refusal && failure.problem.kind === 'token') {
      await learnMe()
      return await sendOnce(path, asked)
    }
    throw failure
  }
}

async function sendOnce(path: string, asked: Asked): Promise<Response> {
  const method = asked.method ?? 'GET'
  const headers: Record<string, string> = { Accept: 'application/json', ...asked.headers }
  let body: string | undefined
  if (asked.body !== undefined) {
    body = typeof asked.body === 'string' ? asked.body : JSON.stringify(asked.body)
    headers['Content-Type'] ??= typeof asked.body === 'string' ? 'text/plain' : 'application/json'
  }
  if (method !== 'GET' && token !== null) {
    headers['X-Weir-Token'] = token
  }
  if (finding !== null) {
    await finding
  }
  let response: Response
  try {
    response = await fetch(address(path, asked.query), {
      method,
      headers,
      credentials: place.api === '' ? 'same-origin' : 'include',
      cache: 'no-store',
      keepalive: asked.keepalive ?? false,
      ...(body === undefined ? {} : { body }),
      ...(asked.signal === undefined ? {} : { signal: asked.signal }),
    })
  } catch (failure) {
    if (asked.signal?.aborted === true) {
      throw failure
    }
    reachable.value = false
    throw new Unreachable('Weir does not answer')
  }
  reachable.value = true
  if (response.ok || response.status === 304) {
    return response
  }
  if (response.status === 401 && path !== 'session') {
    mustSignIn.value = true
  }
  throw new Refusal(await problemOf(response))
}

/** Asks the API for JSON. */
export async function ask<T>(path: string, asked: Asked = {}): Promise<T> {
  const response = await send(path, asked)
  return (response.status === 204 ? undefined : await response.json()) as T
}

/** Learns who is signed in. */
export async function learnMe(): Promise<Me> {
  const known = await ask<Me>('me')
  token = known.token
  me.value = known
  mustSignIn.value = false
  return known
}

/** What a failed answer says, whoever gave it: proxies answer in plain text or HTML. */
async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = (await response.clone().json()) as Partial<Problem>
    if (typeof body.detail === 'string') {
      return {
        kind: 'unknown',
        title: response.statusText,
        ...body,
        status: response.status,
        detail: body.detail,
      }
    }
  } catch {
    // told below
  }
  const text = (response.headers.get('Content-Type') ?? '').startsWith('text/plain')
    ? await response.text()
    : ''
  const line = text.split('\n', 1)[0]?.slice(0, 300) ?? ''
  return {
    status: response.status,
    title: response.statusText,
    kind: 'unknown',
    detail: line === '' ? `answered ${response.status}` : line,
  }
}
