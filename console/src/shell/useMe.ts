// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect } from 'preact/hooks'
import { learnMe, me, mustSignIn } from '../api/client'

const RETRY_MS = 5_000

/** Learns who is signed in, as long as that could not be learnt: without it nothing can be changed. */
export function useMe(): void {
  const missing = me.value === null && !mustSignIn.value
  useEffect(() => {
    if (!missing) {
      return
    }
    const timer = setInterval(() => {
      learnMe().catch(() => {
        // Asked again.
      })
    }, RETRY_MS)
    return () => clearInterval(timer)
  }, [missing])
}
