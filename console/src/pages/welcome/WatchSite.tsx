// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useRef, useState } from 'preact/hooks'
import { ask, me, Refusal } from '../../api/client'
import { failureOf } from '../../api/failure'
import type { Plan, SiteDefinition, TriedRun } from '../../api/types'
import { Button } from '../../parts/Button'
import { TextField } from '../../parts/Field'
import { Notice } from '../../parts/Notice'
import { go, href } from '../../shell/route'
import { customerOf, siteOf, told } from './first'

interface Tried {
  site: SiteDefinition
  run: TriedRun
}

/** An address, a check of it at once, and the site is watched. */
export function WatchSite() {
  const [text, setText] = useState('')
  const [busy, setBusy] = useState<'' | 'check' | 'save'>('')
  const [failure, setFailure] = useState('')
  const [tried, setTried] = useState<Tried | null>(null)
  const turn = useRef(0)
  const customer = customerOf(me.value) ?? 'default'

  const type = (value: string) => {
    turn.current++
    setText(value)
    setTried(null)
    setFailure('')
    setBusy('')
  }
  const during = async (
    what: 'check' | 'save',
    work: (current: () => boolean) => Promise<void>,
  ) => {
    const mine = ++turn.current
    setBusy(what)
    setFailure('')
    try {
      await work(() => mine === turn.current)
    } catch (refused) {
      if (mine === turn.current) {
        setFailure(reasons(refused))
      }
    }
    if (mine === turn.current) {
      setBusy('')
    }
  }
  const check = () => {
    const site = siteOf(text)
    if (site === null) {
      setFailure('Type the address of a site first')
      return
    }
    void during('check', async (current) => {
      const run = await ask<TriedRun>('check', {
        method: 'POST',
        body: { site: { ...site, customer } },
      })
      if (current()) {
        setTried({ site, run })
      }
    })
  }
  const save = ({ site }: Tried) =>
    void during('save', async () => {
      const path = ['sites', customer, site.id].map(encodeURIComponent).join('/')
      await ask<Plan>(path, {
        method: 'PUT',
        body: { ...site, customer },
        headers: { 'If-None-Match': '*' },
      })
      go(href(['sites', customer, site.id]))
    })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        check()
      }}
    >
      <TextField
        label="Address of the site"
        value={text}
        onInput={type}
        placeholder="https://shop.example.com/"
        hint="http, https, tcp, tls or dns. It will be checked once a minute; all else can be changed later."
        {...(failure === '' ? {} : { error: failure })}
      />
      {tried === null ? (
        <Button kind="main" type="submit" busy={busy === 'check'}>
          Check it now
        </Button>
      ) : (
        <>
          <Notice kind={tried.run.up ? 'info' : 'warning'}>{told(tried.run)}</Notice>
          <div class="buttons">
            <Button kind="main" busy={busy === 'save'} onClick={() => save(tried)}>
              {tried.run.up ? 'Watch this site' : 'Watch it all the same'}
            </Button>
            <Button type="submit" busy={busy === 'check'}>
              Check again
            </Button>
          </div>
        </>
      )}
    </form>
  )
}

function reasons(refused: unknown): string {
  if (refused instanceof Refusal && refused.problem.problems !== undefined) {
    return refused.problem.problems
      .map(({ field, reason }) => `${field === 'endpoint' ? 'The address' : `${field}:`} ${reason}`)
      .join('; ')
  }
  return failureOf(refused).message
}
