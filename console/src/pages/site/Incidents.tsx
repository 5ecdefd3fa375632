// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'preact/hooks'
import { ask } from '../../api/client'
import type { Incident, IncidentsPage } from '../../api/types'
import { useLoaded } from '../../api/use'
import { Button } from '../../parts/Button'
import { causeInWords } from '../../parts/causes'
import { duration, moment } from '../../parts/format'
import { Awaited } from '../../parts/Placeholder'
import { serverNow } from './useSeries'

const FIRST = 10
const MORE = 100

/** When the site was down and why; what is still open comes first. */
export function Incidents({
  customer,
  id,
  every_ms,
}: {
  customer: string
  id: string
  every_ms: number
}) {
  const [limit, setLimit] = useState(FIRST)
  const incidents = useLoaded<IncidentsPage>(
    `incidents ${customer}/${id} ${limit}`,
    (signal) => ask('incidents', { query: { customer, site: id, limit }, signal }),
    every_ms,
  )
  return (
    <section class="panel" aria-labelledby="site-incidents">
      <div class="site-panel-head">
        <h2 id="site-incidents">Incidents</h2>
        {incidents.data !== null && incidents.failure !== null && (
          <p>As of {moment(incidents.at_ms ?? 0)}</p>
        )}
      </div>
      {incidents.data === null ? (
        <Awaited {...incidents} rows={2} />
      ) : incidents.data.items.length === 0 ? (
        <p class="soft">None so far.</p>
      ) : (
        <>
          <ul class="site-incidents">
            {openFirst(incidents.data.items).map((each) => (
              <IncidentRow key={each.id} incident={each} />
            ))}
          </ul>
          {incidents.data.next !== null && limit === FIRST && (
            <Button onClick={() => setLimit(MORE)}>Show earlier ones</Button>
          )}
        </>
      )}
    </section>
  )
}

function IncidentRow({ incident }: { incident: Incident }) {
  const { start_ms, end_ms } = incident
  const words = causeInWords(incident.error_class)
  return (
    <li class={end_ms === null ? 'site-incident site-incident-open' : 'site-incident'}>
      <p class="site-incident-when number">
        <b>{end_ms === null ? 'Open' : 'Over'}</b> {moment(start_ms)}
        {end_ms !== null && ` – ${moment(end_ms)}`}
      </p>
      <p class="site-incident-long number">
        {end_ms === null && 'for '}
        {duration(((end_ms ?? serverNow()) - start_ms) / 1000)}
      </p>
      <p class="site-incident-cause">
        {words !== '' && <b>{words}: </b>}
        {incident.cause}
      </p>
      <p class="soft">{incident.region}</p>
    </li>
  )
}

/** Open ones before those that are over; each the newest first. */
export function openFirst(incidents: readonly Incident[]): Incident[] {
  const open = (each: Incident) => (each.end_ms === null ? 0 : 1)
  return [...incidents].sort((a, b) => open(a) - open(b) || b.start_ms - a.start_ms)
}
