// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import { ownAddress } from '../../api/client'
import type { Connector } from '../../api/types'
import { Chart } from '../../parts/chart/Chart'
import { CopyText } from '../../parts/CopyText'
import { Facts, type Fact } from '../../parts/Facts'
import { ago, bytes, duration, milliseconds, whole } from '../../parts/format'
import { type Column, Table } from '../../parts/Table'
import { looks, nobodyWrites, paths, reasonInWords } from './reading'

/** The figures that are asked for first. */
export function Figures({ data }: { data: Connector }) {
  // What Timestream holds is not known here.
  const own: Fact[] = [
    ['Series', whole(data.series)],
    ['Stored', bytes(data.store_bytes)],
    ['Waiting', whole(data.queued_points)],
  ]
  return (
    <Facts
      kind="large"
      facts={[
        ['Samples a second', whole(data.samples_per_s)],
        ['Samples stored', whole(data.samples_stored)],
        ...(data.store === 'embedded' ? own : []),
        ['Running for', duration(data.uptime_ms / 1000)],
      ]}
    />
  )
}

export function Samples({ data, now_ms }: { data: Connector; now_ms: number }) {
  const at = looks(data.samples_per_s_history, now_ms / 1000)
  const first = at[0] ?? 0
  return (
    <Panel title="Samples a second" wide>
      <p class="soft">Each point is the average of the minute before.</p>
      <Chart
        label="Samples a second over a minute, the last five minutes"
        at_s={at}
        step_s={0}
        from_s={first}
        to_s={at.at(-1) ?? 0}
        lines={[
          {
            key: 'samples',
            name: 'Stored',
            colour: '--phase-connect',
            values: data.samples_per_s_history,
            kind: 'line',
          },
        ]}
        format={whole}
        axis={(value) => (value < 10 ? String(value) : whole(value))}
        height={160}
      />
    </Panel>
  )
}

export function Configuration({ data }: { data: Connector }) {
  const yaml = data.prometheus_yml.replaceAll('{base}', ownAddress())
  return (
    <Panel title="prometheus.yml">
      <CopyText text={yaml} label="prometheus.yml" />
    </Panel>
  )
}

export function Writers({ data, now_ms }: { data: Connector; now_ms: number }) {
  return (
    <Panel title="Who writes">
      <Listed
        none={nobodyWrites(data.own_metrics_every_s)}
        rows={data.writers}
        keyOf={(writer) => `${writer.address} ${writer.user_agent}`}
        columns={[
          {
            name: 'From',
            of: (writer) => (
              <>
                {writer.address}
                <span class="connector-agent">{writer.user_agent}</span>
              </>
            ),
          },
          { name: 'Requests', kind: 'number', of: (writer) => whole(writer.requests) },
          { name: 'Sent', kind: 'number', of: (writer) => bytes(writer.bytes) },
          { name: 'Last', kind: 'number', of: (writer) => ago(writer.last_ms, now_ms) },
        ]}
      />
    </Panel>
  )
}

export function Refused({ data }: { data: Connector }) {
  return (
    <Panel title="Samples refused, by reason">
      <Listed
        none="None since the start."
        rows={data.rejected}
        keyOf={(each) => each.reason}
        columns={[
          { name: 'Reason', of: (each) => reasonInWords(each.reason) },
          { name: 'Samples', kind: 'number', of: (each) => whole(each.samples) },
        ]}
      />
    </Panel>
  )
}

/** Calls of Timestream, where it is the store; else requests by path. */
export function Calls({ data }: { data: Connector }) {
  const { upstream } = data
  if (upstream === null) {
    return (
      <Panel title="Requests">
        <Listed
          none="None since the start."
          rows={paths(data)}
          keyOf={(each) => each.path}
          columns={[
            { name: 'Path', kind: 'code', of: (each) => each.path },
            { name: 'Answered', kind: 'number', of: (each) => whole(each.all) },
            { name: 'Failed', kind: 'number', of: (each) => whole(each.failed) },
          ]}
        />
      </Panel>
    )
  }
  return (
    <Panel title="Calls of Amazon Timestream">
      <Facts
        kind="large"
        facts={[
          ['Attempts', whole(upstream.calls)],
          ['Throttled', whole(upstream.throttled)],
          ['Failed', whole(upstream.failed)],
          ['Half take up to', milliseconds(upstream.p50_ms)],
          ['95 % take up to', milliseconds(upstream.p95_ms)],
          ['Billed for writes', bytes(upstream.billed_kib * 1024)],
        ]}
      />
    </Panel>
  )
}

export function Doors({ data }: { data: Connector }) {
  return (
    <Panel title="What is open here" wide>
      <Listed
        none="Nothing but the console."
        rows={data.doors}
        keyOf={(door) => `${door.method} ${door.path}`}
        columns={[
          {
            name: 'What',
            of: (door) => (
              <>
                {door.what}
                <span class="connector-where">{`${door.method} ${door.path}`}</span>
              </>
            ),
          },
          { name: 'Credentials', of: (door) => door.credentials },
        ]}
      />
      <p class="soft">Weir {data.version}</p>
    </Panel>
  )
}

function Listed<Row>({
  none,
  ...table
}: {
  /** Said where there are no rows. */
  none: string
  rows: readonly Row[]
  keyOf: (row: Row) => string
  columns: readonly Column<Row>[]
}) {
  return table.rows.length === 0 ? <p class="soft">{none}</p> : <Table {...table} />
}

function Panel({
  title,
  wide = false,
  children,
}: {
  title: string
  wide?: boolean
  children: ComponentChildren
}) {
  return (
    <section class={wide ? 'panel connector-wide' : 'panel'}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}
