// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useComputed } from '@preact/signals'
import { reachable } from '../../api/client'
import { moment } from '../../parts/format'
import { second } from './clock'
import { live } from './store'

/** Without any news for so long, what is shown may be old. */
const STALE_MS = 60_000

/** How fresh the page is: quiet while all is well. */
export function News() {
  const stale = useComputed(
    () => live.news_ms.value !== null && second.value - live.news_ms.value > STALE_MS,
  )
  const at_ms = live.news_ms.value
  if (stale.value && at_ms !== null) {
    return (
      <p class="overview-news overview-news-stale" role="status">
        No news since {moment(at_ms)}
      </p>
    )
  }
  const failure = live.failure.value
  if (failure !== null && reachable.value) {
    return (
      <p class="overview-news overview-news-stale" role="status" title={failure.message}>
        Not up to date: {failure.message}
      </p>
    )
  }
  return (
    <p class="overview-news" role="status">
      {live.streaming.value ? (
        <>
          <span class="overview-news-dot" aria-hidden="true" />
          Live
        </>
      ) : live.complete.value ? (
        'Asked every 10 s'
      ) : (
        'Loading'
      )}
    </p>
  )
}
