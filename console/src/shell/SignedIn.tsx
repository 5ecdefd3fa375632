// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'preact/hooks'
import { ask } from '../api/client'
import { Button } from '../parts/Button'

/** Who is signed in, and the way out. */
export function SignedIn({ name }: { name: string }) {
  const [busy, setBusy] = useState(false)
  const leave = () => {
    setBusy(true)
    ask('session', { method: 'DELETE' }).then(
      // What is in memory is not for whoever sits here next.
      () => location.reload(),
      () => setBusy(false),
    )
  }
  return (
    <>
      <span class="frame-user" title={name}>
        {name}
      </span>
      <Button kind="quiet" busy={busy} onClick={leave}>
        Sign out
      </Button>
    </>
  )
}
