// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'preact/hooks'
import { ask, me } from '../../api/client'
import { failureOf } from '../../api/failure'
import type { Me, SiteDocument } from '../../api/types'
import { Button } from '../../parts/Button'
import { Facts } from '../../parts/Facts'
import { duration } from '../../parts/format'
import { Notice } from '../../parts/Notice'
import { State } from '../../parts/State'
import { href } from '../../shell/route'
import { DeleteDialog } from './DeleteDialog'

/** Name, state, what is checked and from where, and what can be done with it. */
export function SiteHead({
  path,
  site,
  changed,
  check,
}: {
  path: string
  site: SiteDocument
  changed: () => void
  check: () => void
}) {
  const [busy, setBusy] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const [failure, setFailure] = useState('')
  const paused = site.definition['enabled'] === false
  const turn = async () => {
    setBusy(true)
    setFailure('')
    try {
      // Read again, so that what somebody else has just saved stays as it is.
      const now = await ask<SiteDocument>(path)
      await ask(path, {
        method: 'PUT',
        body: { ...now.definition, enabled: paused },
        headers: { 'If-Match': `"${now.version}"` },
      })
      changed()
    } catch (refused) {
      setFailure(failureOf(refused).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <header class="site-head">
      <div class="site-title">
        <h1>{site.name}</h1>
        <State state={site.state} />
      </div>
      <div class="buttons site-actions">
        <Button kind="main" onClick={check}>
          Check now
        </Button>
        {mayEdit(me.value, site.customer) && (
          <>
            <a class="button" href={href(['sites', site.customer, site.id, 'edit'])}>
              Edit
            </a>
            <Button busy={busy} onClick={() => void turn()}>
              {paused ? 'Resume' : 'Pause'}
            </Button>
            <Button kind="danger" onClick={() => setDeleting(true)}>
              Delete
            </Button>
          </>
        )}
      </div>
      <Endpoint endpoint={site.endpoint} />
      <Facts
        facts={[
          ['Id', site.id],
          ['Customer', site.customer],
          ...(site.group === '' ? [] : [['Group', site.group] as const]),
          ['Interval', duration(site.interval_s)],
          [site.regions.length === 1 ? 'Region' : 'Regions', site.regions.join(', ')],
        ]}
      />
      {failure !== '' && <Notice kind="failure">{failure}</Notice>}
      {deleting && <DeleteDialog path={path} site={site} close={() => setDeleting(false)} />}
    </header>
  )
}

function Endpoint({ endpoint }: { endpoint: string }) {
  const opens = /^https?:\/\//i.test(endpoint)
  return (
    <p class="site-endpoint">
      <span class="code">{endpoint}</span>
      {opens && (
        <>
          {' '}
          <a href={endpoint} target="_blank" rel="noreferrer">
            Open<span class="visually-hidden"> the site in a new tab</span>
            <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
              <path
                d="M4 2H2v8h8V8M6.5 1.5h4v4M10.5 1.5L5.5 6.5"
                fill="none"
                stroke="currentColor"
                stroke-width="1.4"
              />
            </svg>
          </a>
        </>
      )}
    </p>
  )
}

/** The server decides; this only spares people buttons that would be refused. */
export function mayEdit(known: Me | null, customer: string): boolean {
  const roles = [known?.roles[customer], known?.roles['*']]
  return roles.includes('editor') || roles.includes('admin')
}
