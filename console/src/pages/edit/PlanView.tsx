// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import type { Plan } from '../../api/types'
import { Button } from '../../parts/Button'
import { Notice } from '../../parts/Notice'
import { Table } from '../../parts/Table'
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
            <Table
              caption={`Changes of ${site.id}`}
              rows={site.differences}
              keyOf={(each) => each.field}
              columns={[
                { name: 'Field', kind: 'head', of: (each) => <code>{each.field}</code> },
                {
                  name: 'Before',
                  of: ({ before }) => (before === null ? <i>not there</i> : <del>{before}</del>),
                },
                {
                  name: 'After',
                  of: ({ after }) => (after === null ? <i>goes</i> : <ins>{after}</ins>),
                },
              ]}
            />
          </li>
        ))}
      </Group>
      <Group title="To add" count={plan.additions.length} tone="up">
        {plan.additions.slice(0, ROWS_MAX).map((site) => (
          <li key={`${site.customer}/${site.id}`}>
            <b>{site.id}</b> <span class="soft">{site.customer}</span> <code>{site.endpoint}</code>
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
      <span class="soft">{site.customer}</span>
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
        {count > ROWS_MAX && <li class="soft">and {count - ROWS_MAX} more</li>}
      </ul>
    </div>
  )
}
