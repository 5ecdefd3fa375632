// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'preact/hooks'
import { ask } from '../../api/client'
import { failureOf } from '../../api/failure'
import type { SiteDefinition } from '../../api/types'
import { Button } from '../../parts/Button'
import { Notice } from '../../parts/Notice'
import { toYaml } from './yamlWriter'

interface SitesPage {
  items: { definition: SiteDefinition }[]
  next: string | null
}

/** All sites that the caller sees, as a file that import takes. */
export function Export() {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  const load = async () => {
    setBusy(true)
    setFailure('')
    try {
      download(toYaml({ sites: await all() }))
    } catch (refused) {
      setFailure(failureOf(refused).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div>
      <Button busy={busy} onClick={() => void load()}>
        Export all sites
      </Button>
      {failure !== '' && <Notice kind="failure">They could not be had: {failure}</Notice>}
    </div>
  )
}

async function all(): Promise<SiteDefinition[]> {
  const sites: SiteDefinition[] = []
  let after: string | undefined
  do {
    const page: SitesPage = await ask('sites', {
      query: { definitions: 'true', limit: 1000, after },
    })
    sites.push(...page.items.map((item) => item.definition))
    after = page.next ?? undefined
  } while (after !== undefined)
  return sites
}

function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
  const link = document.createElement('a')
  link.href = address
  link.download = 'sites.yaml'
  link.click()
  URL.revokeObjectURL(address)
}
