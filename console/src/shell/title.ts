// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect } from 'preact/hooks'

/** Names the page in the browser's tab, the nearest word first: useTitle('Shop'). */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Weir' : `${title} · Weir`
  }, [title])
}
