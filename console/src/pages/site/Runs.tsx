// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'preact/hooks'
import { reachable } from '../../api/client'
import type { Result } from '../../api/types'
import { Button } from '../../parts/Button'
import { Notice } from '../../parts/Notice'
import { Awaited } from '../../parts/Placeholder'
import { sum } from '../../parts/Waterfall/phases'
import { setQuery } from '../../shell/route'
import { keyOf } from './merge'
import { RunRow } from './RunRow'
import './runs.css'
import { Scroll } from './Scroll'
import { useRuns } from './useRuns'
import { type Asking, useKept } from './useSeries'

/** Which runs are listed: what the API calls them, and what people do. */
const CHOICES: readonly [string, string][] = [
  ['', 'All runs'],
  ['down', 'Failed only'],
  ['doubtful', 'Doubtful only'],
  ['missed', 'Missed only'],
]

const COLUMNS = [
  'Time',
  'Region',
  'Outcome',
  'Latency',
  'Phases',
  'Status',
  'Address',
  'Content',
  'Attempts',
  'Late by',
  'Certificate',
]

/** Every run of the range with all of its figures. */
export function Runs({ outcome, ...asking }: Asking & { outcome: string }) {
  const known = CHOICES.some(([value]) => value === outcome) ? outcome : ''
  const runs = useRuns({ ...asking, outcome: known })
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const { failure } = runs
  const { data: page, old } = useKept(asking.path, { data: runs.page, failure })
  const full_s = widthOf(page?.items ?? [])
  const turn = (key: string) => {
    const next = new Set(open)
    if (!next.delete(key)) {
      next.add(key)
    }
    setOpen(next)
  }
  return (
    <section class="panel" aria-labelledby="site-runs" aria-busy={old}>
      <div class="site-panel-head">
        <h2 id="site-runs">Runs</h2>
        <select
          class="input site-select"
          aria-label="Which runs"
          value={known}
          onInput={(event) => setQuery({ runs: event.currentTarget.value })}
        >
          {CHOICES.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </div>
      {page === null ? (
        <Awaited failure={failure} again={runs.again} rows={6} />
      ) : page.items.length === 0 ? (
        <p class="soft">{known === '' ? 'None in this time.' : 'None of them in this time.'}</p>
      ) : (
        <>
          <Scroll label="Table of runs" old={old}>
            <table class="table site-table number">
              <thead>
                <tr>
                  <th scope="col">
                    <span class="visually-hidden">Details</span>
                  </th>
                  {COLUMNS.map((name) => (
                    <th key={name} scope="col" class={`site-column-${name.replaceAll(' ', '-')}`}>
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {page.items.map((each) => {
                  const key = keyOf(each)
                  return (
                    <RunRow
                      key={key}
                      run={each}
                      full_s={full_s}
                      open={open.has(key)}
                      turn={() => turn(key)}
                    />
                  )
                })}
              </tbody>
            </table>
          </Scroll>
          {failure !== null && reachable.value && <Notice kind="warning">{failure.message}</Notice>}
          {runs.more !== null && (
            <Button busy={runs.asking} onClick={runs.more}>
              Earlier runs
            </Button>
          )}
        </>
      )}
    </section>
  )
}

/**
 * What the width of a bar of phases stands for: the longest run that did not fail, since one that
 * waited in vain would leave nothing to see of the others. Such a bar ends at the edge.
 */
export function widthOf(results: readonly Result[]): number {
  const longest = (some: readonly Result[]) =>
    Math.max(0, ...some.map((each) => sum(each.phases_s) ?? 0))
  return longest(results.filter((each) => each.latency_s !== null)) || longest(results)
}
