// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import './connector.css'
import { ask, Refusal } from '../../api/client'
import type { Connector } from '../../api/types'
import { useLoaded } from '../../api/use'
import { Notice } from '../../parts/Notice'
import { Awaited, Empty } from '../../parts/Placeholder'
import { moment } from '../../parts/format'
import { useTitle } from '../../shell/title'
import { Calls, Configuration, Doors, Figures, Refused, Samples, Writers } from './panels'

const EVERY_MS = 5000

/** How Weir does as a connector of Prometheus. */
export default function ConnectorPage() {
  useTitle('Connector')
  const { data, failure, again, at_ms } = useLoaded(
    'connector',
    (signal) => ask<Connector>('connector', { signal }),
    EVERY_MS,
  )
  return (
    <div class="connector">
      <h1>Connector</h1>
      {failure !== null && data !== null && (
        <Notice kind="warning">
          This is how it was {at_ms === null ? 'before' : `at ${moment(at_ms)}`}: {failure.message}
        </Notice>
      )}
      {data !== null ? (
        <Panels data={data} now_ms={at_ms ?? 0} />
      ) : failure instanceof Refusal && failure.status === 403 ? (
        <Empty title="This is for the operator">
          <p>How the connector does is shown to whoever may see all customers.</p>
        </Empty>
      ) : (
        <Awaited failure={failure} again={again} rows={6} />
      )}
    </div>
  )
}

function Panels({ data, now_ms }: { data: Connector; now_ms: number }) {
  return (
    <>
      {!data.ready && <Notice kind="failure">Not ready: {data.message}</Notice>}
      <Figures data={data} />
      <div class="connector-columns">
        <Samples data={data} now_ms={now_ms} />
        <Configuration data={data} />
        <Writers data={data} now_ms={now_ms} />
        <Refused data={data} />
        <Calls data={data} />
        <Doors data={data} />
      </div>
    </>
  )
}
