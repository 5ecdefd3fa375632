// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'preact/hooks'
import { ask, learnMe, me } from '../api/client'
import { failureOf } from '../api/failure'
import { Button } from '../parts/Button'
import { Dialog } from '../parts/Dialog'
import { TextField } from '../parts/Field'

/** Asks for name and password, over whatever is on the page: nothing that was typed there is lost. */
export function SignIn() {
  const [user, setUser] = useState('')
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    try {
      await ask('session', { method: 'POST', body: { user, password } })
      await learnMe()
    } catch (refused) {
      setFailure(failureOf(refused).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title="Sign in to Weir">
      <form class="frame-sign-in" onSubmit={(event) => void submit(event)}>
        <p>
          {me.value === null
            ? 'With the name and password that you were given.'
            : 'Your session has ended. Nothing that you typed is lost.'}
        </p>
        <TextField label="Name" value={user} onInput={setUser} autocomplete="username" />
        <TextField
          label="Password"
          value={password}
          onInput={setPassword}
          type="password"
          autocomplete="current-password"
          {...(failure === '' ? {} : { error: failure })}
        />
        <Button kind="main" type="submit" busy={busy}>
          Sign in
        </Button>
      </form>
    </Dialog>
  )
}
