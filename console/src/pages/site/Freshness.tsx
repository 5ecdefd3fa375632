// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { Unreachable } from '../../api/client'
import { when } from '../../parts/chart/times'
import { serverNow } from './useSeries'

/** How old what is shown is, and why it is no newer. It has a place of its own: nothing moves. */
export function Freshness({ failure, at_ms }: { failure: Error | null; at_ms: number | null }) {
  const time = at_ms === null ? '' : when(Math.floor(at_ms / 1000), serverNow() / 1000)
  if (failure === null) {
    return <p class="site-fresh number">{time !== '' && `As of ${time}`}</p>
  }
  return (
    <p class="site-fresh site-stale number" role="status">
      {time === '' ? 'Not everything could be had' : `Not newer than ${time}`}
      {/* The frame says by itself that Weir does not answer. */}
      {!(failure instanceof Unreachable) && `: ${failure.message}`}
    </p>
  )
}
