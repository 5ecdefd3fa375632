// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'preact/hooks'
import { ask } from '../../api/client'
import { failureOf } from '../../api/failure'
import type { SiteDocument } from '../../api/types'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { Notice } from '../../parts/Notice'
import { go } from '../../shell/route'

/** Asks before a site is deleted, and says what goes and what stays. */
export function DeleteDialog({
  path,
  site,
  close,
}: {
  path: string
  site: SiteDocument
  close: () => void
}) {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  const remove = async () => {
    setBusy(true)
    setFailure('')
    try {
      await ask(path, { method: 'DELETE', headers: { 'If-Match': `"${site.version}"` } })
      go('#/')
    } catch (refused) {
      setFailure(failureOf(refused).message)
      setBusy(false)
    }
  }
  return (
    <Dialog title={`Delete ${site.name}?`} onClose={close}>
      <div class="site-delete">
        <p>
          The site <b>{site.id}</b> of customer <b>{site.customer}</b> and its settings go. It is
          not checked any more, and nobody is told of its failures.
        </p>
        <p>
          Its results stay in the store until their retention ends. They come back here if a site
          with the same id is added again.
        </p>
        {failure !== '' && <Notice kind="failure">{failure}</Notice>}
        <div class="buttons">
          <Button kind="danger" busy={busy} onClick={() => void remove()}>
            Delete the site
          </Button>
          <Button onClick={close}>Keep it</Button>
        </div>
      </div>
    </Dialog>
  )
}
