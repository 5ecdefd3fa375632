// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useMemo, useRef } from 'preact/hooks'
import { ask, me, Refusal } from '../../api/client'
import type { SiteDefinition, SiteDocument } from '../../api/types'
import { useLoaded } from '../../api/use'
import { Awaited, Empty, Loading } from '../../parts/Placeholder'
import type { PageProps } from '../../shell/App'
import { useTitle } from '../../shell/title'
import './edit.css'
import { editable, idFrom, withScheme } from './definition'
import { Editor } from './Editor'

/** #/add, and #/sites/C/ID/edit. */
export default function EditPage({ route }: PageProps) {
  const [first, customer = '', id = ''] = route.segments
  return first === 'add' ? (
    <Add endpoint={route.query.get('endpoint') ?? ''} />
  ) : (
    <Edit customer={customer} id={id} />
  )
}

function Add({ endpoint }: { endpoint: string }) {
  useTitle('Add a site')
  // Whose it is depends on who came; a sign-in in the middle of it leaves the form alone.
  const first = useRef<string | null>(null)
  if (me.value !== null) {
    first.current ??= editable(me.value)[0] ?? 'default'
  }
  const customer = first.current
  const fresh = useMemo<SiteDefinition>(
    () => ({
      id: idFrom(endpoint),
      ...(customer === null || customer === 'default' ? {} : { customer }),
      endpoint: withScheme(endpoint),
    }),
    [customer, endpoint],
  )
  if (me.value !== null && editable(me.value).length === 0) {
    return (
      <Empty title="You may look, but not add">
        <p>Adding a site needs the role editor. Who runs this Weir can give it to you.</p>
      </Empty>
    )
  }
  return customer === null ? <Loading rows={6} /> : <Editor site={null} fresh={fresh} />
}

function Edit({ customer, id }: { customer: string; id: string }) {
  useTitle(`Edit ${id}`)
  const path = `sites/${encodeURIComponent(customer)}/${encodeURIComponent(id)}`
  const { data, failure, again } = useLoaded<SiteDocument>(path, (signal) => ask(path, { signal }))
  if (data !== null) {
    return <Editor site={data} fresh={data.definition} />
  }
  const heading = <h1 class="visually-hidden">Edit {id}</h1>
  if (failure instanceof Refusal && failure.status === 404) {
    return (
      <>
        {heading}
        <Empty title="There is no such site">
          <p>
            No site <b>{id}</b> of customer <b>{customer}</b>, or it is not yours to see.
          </p>
          <a class="button" href="#/">
            All sites
          </a>
        </Empty>
      </>
    )
  }
  return (
    <>
      {heading}
      <Awaited failure={failure} again={again} rows={6} />
    </>
  )
}
