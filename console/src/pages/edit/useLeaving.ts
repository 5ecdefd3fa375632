// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from 'preact/hooks'

/**
 * Where somebody wants to go who has not saved: asked before a link is followed, and by the browser
 * before the tab is closed. The back button is not ours to stop; what was typed is kept for that.
 */
export function useLeaving(unsaved: boolean): { to: string | null; stay: () => void } {
  const [to, setTo] = useState<string | null>(null)
  useEffect(() => {
    if (!unsaved) {
      return undefined
    }
    const followed = (event: MouseEvent) => {
      const link = (event.target as Element | null)?.closest('a[href^="#/"]')
      const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey
      if (link !== null && link !== undefined && plain) {
        event.preventDefault()
        setTo(link.getAttribute('href'))
      }
    }
    const closed = (event: BeforeUnloadEvent) => event.preventDefault()
    document.addEventListener('click', followed, true)
    window.addEventListener('beforeunload', closed)
    return () => {
      document.removeEventListener('click', followed, true)
      window.removeEventListener('beforeunload', closed)
    }
  }, [unsaved])
  return { to, stay: () => setTo(null) }
}
