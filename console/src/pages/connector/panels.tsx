// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import { ownAddress } from '../../api/client'
import type { Connector } from '../../api/types'
import { Chart } from '../../parts/chart/Chart'
import { CopyText } from '../../parts/CopyText'
import { ago, bytes, duration, milliseconds, whole } from '../../parts/format'
import { paths, reasonInWords, spans } from './reading'

/** The figures that are asked for first. */
export function Facts({ data }: { data: Connector }) {
  const facts: [string, string][] = [
    ['Samples a second', whole(data.samples_per_s)],
    ['Samples stored', whole(data.samples_stored)],
    ['Series', whole(data.series)],
    ['Stored', bytes(data.store_bytes)],
    ['Waiting', whole(data.queued_points)],
    ['Running for', duration(data.uptime_ms / 1000)],
  ]
  // What Timestream holds is not known here.
  const known = data.store === 'embedded' ? facts : facts.filter(([name]) => !OWN.has(name))
  return (
    <dl class="connector-facts">
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="number">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const OWN = new Set(['Series', 'Stored', 'Waiting'])

export function Samples({ data, now_ms }: { data: Connector; now_ms: number }) {
  const at = spans(data.samples_per_s_history, now_ms / 1000)
  const first = at[0] ?? 0
  return (
    <Panel title="Samples a second" wide>
      <Chart
        label="Samples a second, the last five minutes"
        at_s={at}
        step_s={5}
        from_s={first}
        to_s={(at.at(-1) ?? 0) + 5}
        lines={[
          {
            key: 'samples',
            name: 'Stored',
            colour: '--phase-connect',
            values: data.samples_per_s_history,
            kind: 'step',
          },
        ]}
        format={whole}
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
      {data.writers.length === 0 ? (
        <p class="connector-none">
          Nobody has written in the last hour. Put what stands beside into prometheus.yml.
        </p>
      ) : (
        <table class="table">
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col" class="connector-count">
                Requests
              </th>
              <th scope="col" class="connector-count">
                Sent
              </th>
              <th scope="col">Last</th>
            </tr>
          </thead>
          <tbody>
            {data.writers.map((writer) => (
              <tr key={`${writer.address} ${writer.user_agent}`}>
                <td>
                  {writer.address}
                  <span class="connector-agent">{writer.user_agent}</span>
                </td>
                <td class="connector-count number">{whole(writer.requests)}</td>
                <td class="connector-count number">{bytes(writer.bytes)}</td>
                <td class="number">{ago(writer.last_ms, now_ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

export function Refused({ data }: { data: Connector }) {
  return (
    <Panel title="Samples refused, by reason">
      {data.rejected.length === 0 ? (
        <p class="connector-none">None since the start.</p>
      ) : (
        <Counts rows={data.rejected.map((each) => [reasonInWords(each.reason), each.samples])} />
      )}
    </Panel>
  )
}

/** Calls of Timestream, where it is the store; else requests by path. */
export function Calls({ data }: { data: Connector }) {
  const { upstream } = data
  const rows = paths(data)
  if (upstream === null) {
    return (
      <Panel title="Requests">
        {rows.length === 0 && <p class="connector-none">None since the start.</p>}
        <table class="table" hidden={rows.length === 0}>
          <thead>
            <tr>
              <th scope="col">Path</th>
              <th scope="col" class="connector-count">
                Answered
              </th>
              <th scope="col" class="connector-count">
                Failed
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ path, all, failed }) => (
              <tr key={path}>
                <td class="code">{path}</td>
                <td class="connector-count number">{whole(all)}</td>
                <td class="connector-count number">{whole(failed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    )
  }
  return (
    <Panel title="Calls of Amazon Timestream">
      <dl class="connector-facts">
        {[
          ['Attempts', whole(upstream.calls)],
          ['Throttled', whole(upstream.throttled)],
          ['Failed', whole(upstream.failed)],
          ['Half take up to', milliseconds(upstream.p50_ms)],
          ['95 % take up to', milliseconds(upstream.p95_ms)],
          ['Billed for writes', bytes(upstream.billed_kib * 1024)],
        ].map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="number">{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

export function Doors({ data }: { data: Connector }) {
  return (
    <Panel title="What is open here">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Where</th>
            <th scope="col">Credentials</th>
          </tr>
        </thead>
        <tbody>
          {data.doors.map((door) => (
            <tr key={`${door.method} ${door.path}`}>
              <td>{door.what}</td>
              <td class="code">
                {door.method} {door.path}
              </td>
              <td>{door.credentials}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="connector-none">Weir {data.version}</p>
    </Panel>
  )
}

function Counts({ rows }: { rows: [string, number][] }) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">Reason</th>
          <th scope="col" class="connector-count">
            Samples
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, count]) => (
          <tr key={name}>
            <td>{name}</td>
            <td class="connector-count number">{whole(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
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
