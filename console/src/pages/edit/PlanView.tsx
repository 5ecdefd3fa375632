// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import type { Plan } from '../../api/types'
import { Button } from '../../parts/Button'
import { Notice } from '../../parts/Notice'
import { href } from '../../shell/route'
import { isNothing, summary } from './importing'

/** Rows of a list before the rest is counted only. */
const ROWS_MAX = 200

/** What applying would do, or has done. */
export function PlanView({ plan, busy, apply }: { plan: Plan; busy: boolean; apply: () => void }) {
  if (plan.applied) {
    return (
      <Notice kind="info">
        <b>Done.</b> {isNothing(plan) ? 'There was nothing to change.' : `${summary(plan)}.`}{' '}
        <a href="#/">See all sites</a>
      </Notice>
    )
  }
  return (
    <section class="panel import-plan" aria-labelledby="import-plan">
      <div class="import-plan-head">
        <div>
          <h2 id="import-plan">The plan</h2>
          <p>
            {isNothing(plan)
              ? 'All sites of the file are there as they are. Nothing to do.'
              : summary(plan)}
          </p>
        </div>
        {!isNothing(plan) && (
          <Button kind={plan.removals.length > 0 ? 'danger' : 'main'} busy={busy} onClick={apply}>
            {plan.removals.length > 0 ? `Apply, and remove ${plan.removals.length}` : 'Apply'}
          </Button>
        )}
      </div>
      <Group title="To remove" count={plan.removals.length} tone="down">
        {plan.removals.slice(0, ROWS_MAX).map((site) => (
          <li key={`${site.customer}/${site.id}`}>
            <Name site={site} />
          </li>
        ))}
      </Group>
      <Group title="To change" count={plan.changes.length} tone="doubtful">
        {plan.changes.slice(0, ROWS_MAX).map((site) => (
          <li key={`${site.customer}/${site.id}`}>
            <Name site={site} />
            <table class="table import-differences">
              <caption class="visually-hidden">Changes of {site.id}</caption>
              <thead class="visually-hidden">
                <tr>
                  <th scope="col">Field</th>
                  <th scope="col">Before</th>
                  <th scope="col">After</th>
                </tr>
              </thead>
              <tbody>
                {site.differences.map((each) => (
                  <tr key={each.field}>
                    <th scope="row">
                      <code>{each.field}</code>
                    </th>
                    <td>{each.before === null ? <i>not there</i> : <del>{each.before}</del>}</td>
                    <td>{each.after === null ? <i>goes</i> : <ins>{each.after}</ins>}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </li>
        ))}
      </Group>
      <Group title="To add" count={plan.additions.length} tone="up">
        {plan.additions.slice(0, ROWS_MAX).map((site) => (
          <li key={`${site.customer}/${site.id}`}>
            <b>{site.id}</b> <span class="edit-soft">{site.customer}</span>{' '}
            <code>{site.endpoint}</code>
          </li>
        ))}
      </Group>
    </section>
  )
}

function Name({ site }: { site: { id: string; customer: string } }) {
  return (
    <>
      <a href={href(['sites', site.customer, site.id])} target="_blank" rel="noreferrer">
        {site.id}
      </a>{' '}
      <span class="edit-soft">{site.customer}</span>
    </>
  )
}

function Group({
  title,
  count,
  tone,
  children,
}: {
  title: string
  count: number
  tone: 'up' | 'down' | 'doubtful'
  children: ComponentChildren
}) {
  if (count === 0) {
    return null
  }
  return (
    <div class={`import-group import-group-${tone}`}>
      <h3>
        {title}: {count}
      </h3>
      <ul>
        {children}
        {count > ROWS_MAX && <li class="edit-soft">and {count - ROWS_MAX} more</li>}
      </ul>
    </div>
  )
}
