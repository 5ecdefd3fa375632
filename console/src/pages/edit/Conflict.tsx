// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { SiteDefinition, SiteDocument } from '../../api/types'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { Table } from '../../parts/Table'
import { differences } from './differences'

/** Somebody else has changed the site: theirs beside what is typed here. */
export function Conflict({
  theirs,
  mine,
  onTop,
  useTheirs,
  close,
}: {
  /** null where they deleted it. */
  theirs: SiteDocument | null
  mine: SiteDefinition
  onTop: () => void
  useTheirs: () => void
  close: () => void
}) {
  if (theirs === null) {
    return (
      <Dialog title="Somebody has deleted this site" onClose={close}>
        <p class="edit-dialog-text">
          It was deleted while you edited it. What you typed is still here; saving adds the site
          anew.
        </p>
        <div class="buttons">
          <Button kind="main" onClick={onTop}>
            Keep editing, to add it again
          </Button>
          <a class="button" href="#/">
            Leave it deleted
          </a>
        </div>
      </Dialog>
    )
  }
  const all = differences(theirs.definition, mine)
  return (
    <Dialog title="Somebody else has changed this site" onClose={close}>
      <p class="edit-dialog-text">
        Nothing was saved.{' '}
        {all.length === 0 ? 'They changed the same as you.' : 'Here they and you differ:'}
      </p>
      {all.length > 0 && (
        <div class="edit-differences">
          <Table
            rows={all}
            keyOf={(each) => each.field}
            columns={[
              { name: 'Field', kind: 'head', of: (each) => <code>{each.field}</code> },
              { name: 'Theirs', of: ({ theirs }) => theirs ?? <NotThere /> },
              { name: 'Yours', of: (each) => each.mine ?? <NotThere /> },
            ]}
          />
        </div>
      )}
      <p class="soft edit-dialog-text">
        On top of theirs means: what you changed stays as you typed it, the rest is as they have it.
      </p>
      <div class="buttons">
        <Button kind="main" onClick={onTop}>
          Keep editing on top of theirs
        </Button>
        <Button onClick={useTheirs}>Use theirs</Button>
        <Button kind="quiet" onClick={close}>
          Not now
        </Button>
      </div>
    </Dialog>
  )
}

function NotThere() {
  return <span class="soft">not there</span>
}
