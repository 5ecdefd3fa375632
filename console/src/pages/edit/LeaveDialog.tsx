// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'

export function LeaveDialog({ stay, leave }: { stay: () => void; leave: () => void }) {
  return (
    <Dialog title="Leave without saving?" onClose={stay}>
      <p class="edit-dialog-text">What you changed here is not saved, and is thrown away.</p>
      <div class="buttons">
        <Button kind="main" onClick={stay}>
          Keep editing
        </Button>
        <Button kind="danger" onClick={leave}>
          Leave
        </Button>
      </div>
    </Dialog>
  )
}
