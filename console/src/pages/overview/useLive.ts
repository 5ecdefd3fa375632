// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect } from 'preact/hooks'
import { mustSignIn } from '../../api/client'
import { live } from './store'

/** A page that nobody looks at for so long is not kept up to date. */
const HIDDEN_MS = 60_000

/** Keeps the board up to date while the page is looked at. */
export function useLive(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const turn = () => {
      clearTimeout(timer)
      if (document.hidden) {
        timer = setTimeout(() => live.stop(), HIDDEN_MS)
      } else {
        live.start()
      }
    }
    turn()
    document.addEventListener('visibilitychange', turn)
    const signedIn = mustSignIn.subscribe((must) => {
      if (!must) {
        live.again()
      }
    })
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', turn)
      signedIn()
      live.stop()
    }
  }, [])
}
