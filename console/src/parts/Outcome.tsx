// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Result, TriedRun } from '../api/types'
import { causeInWords } from './causes'
import { Facts, type Fact } from './Facts'
import { bytes, certificate, latency } from './format'
import './parts.css'
import { Waterfall } from './Waterfall/Waterfall'

/** What came of a run that is not kept: why it failed, its figures, where the time went. */
export function Tried({ run, kind = 'line' }: { run: TriedRun; kind?: 'line' | 'grid' }) {
  const failed = run.requests.filter((each) => !each.up).length
  const facts: Fact[] = [
    ['Latency', latency(run.latency_s)],
    ...found(run),
    ['Attempts', String(run.attempts)],
    ['Certificate', certificate(run.certificate_days)],
  ]
  return (
    <>
      {!run.up && <Reason run={run} />}
      <Facts kind={kind} facts={facts.filter(([, value]) => value !== '–')} />
      {run.requests.length > 1 && (
        <p class="soft">
          {run.requests.length} requests, {failed === 0 ? 'none failed' : `${failed} failed`}. Below
          is the one that decided.
        </p>
      )}
      <Waterfall hops={run.hops} />
    </>
  )
}

/** Why a run failed: the kind of failure, its text, what was expected. */
export function Reason({
  run,
}: {
  run: Pick<Result, 'error_class' | 'error' | 'failed_expectation'>
}) {
  return (
    <p class="reason">
      <b>{causeInWords(run.error_class) || 'Failed'}</b>
      {run.error !== null && `: ${run.error}`}
      {run.failed_expectation !== null && <span>Expected: {run.failed_expectation}</span>}
    </p>
  )
}

/** What answered. */
export function found({
  status,
  address,
  content_bytes,
}: Pick<Result, 'status' | 'address' | 'content_bytes'>): Fact[] {
  return [
    ['Status', status === null ? '–' : String(status)],
    ['Address', address ?? '–'],
    ['Content', content_bytes === null ? '–' : bytes(content_bytes)],
  ]
}
