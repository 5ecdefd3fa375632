// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { ask, ownAddress } from '../../api/client'
import type { Connector } from '../../api/types'
import { useLoaded } from '../../api/use'
import { Button } from '../../parts/Button'
import { CopyText } from '../../parts/CopyText'
import { Notice } from '../../parts/Notice'
import { Loading } from '../../parts/Placeholder'

/** What to put in prometheus.yml, and whether anything has come yet. */
export function ConnectPrometheus() {
  const { data, failure, again } = useLoaded(
    'connector',
    (signal) => ask<Connector>('connector', { signal }),
    POLL_MS,
  )
  if (data === null) {
    return failure === null ? (
      <Loading rows={3} />
    ) : (
      <Notice kind="warning">
        What to put into prometheus.yml could not be had: {failure.message}.{' '}
        <Button onClick={again}>Try again</Button>
      </Notice>
    )
  }
  const came = data.writers.length > 0
  return (
    <>
      <p>Put this into prometheus.yml, and have Prometheus read it again:</p>
      <CopyText
        text={data.prometheus_yml.replaceAll('{base}', ownAddress())}
        label="prometheus.yml"
      />
      <p role="status">
        {came ? 'Samples are coming in. ' : 'Waiting for the first samples. '}
        <a href={came ? '#/explore' : '#/connector'}>
          {came ? 'Look at them' : 'How the connector is doing'}
        </a>
      </p>
    </>
  )
}

const POLL_MS = 5000
