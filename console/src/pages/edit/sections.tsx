// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import { useContext, useState } from 'preact/hooks'
import { CheckField, SelectField, TextField } from '../../parts/Field'
import { at, changed, isTree, type Protocol } from './definition'
import { asText, ChoiceAt, FormContext, ListAt, NumberAt, numberOr, TextAt, useField } from './form'
import { about } from './problems'

/** Fields that few sites need: closed until somebody wants them, or something is wrong there. */
export function Section({
  title,
  says,
  fields,
  children,
}: {
  title: string
  /** What is in it, while it is closed. */
  says: string
  /** Problems of these are in it. */
  fields: readonly string[]
  children: ComponentChildren
}) {
  const { definition, problems } = useContext(FormContext)
  const wrong = about(problems, fields).length
  const set = fields.flatMap((field) => named(at(definition, [field]), field))
  const [opened, setOpened] = useState<boolean | null>(null)
  return (
    <details
      class="edit-section panel"
      open={opened ?? wrong > 0}
      onToggle={(event) => {
        const { open } = event.currentTarget
        if (open !== (opened ?? wrong > 0)) {
          setOpened(open)
        }
      }}
    >
      <summary>
        <h2>{title}</h2>
        <span class="edit-section-says">
          {wrong > 0 ? (
            <span class="field-error">{wrong === 1 ? '1 problem' : `${wrong} problems`}</span>
          ) : set.length > 0 ? (
            set.join(', ')
          ) : (
            says
          )}
        </span>
      </summary>
      <div class="edit-section-fields">{children}</div>
    </details>
  )
}

/** What is said in a section: the names of its fields. */
function named(value: unknown, field: string): string[] {
  return value === undefined
    ? []
    : isTree(value)
      ? Object.keys(value).map((name) => name.replaceAll('-', ' '))
      : [field]
}

/** ms, s, m, h: what durations are written in. */
const DURATION = 'Such as 500ms, 10s, 1m30s.'

export function TimingSection({ protocol }: { protocol: Protocol | null }) {
  const web = protocol === 'http' || protocol === 'https'
  return (
    <Section
      title="Timing"
      says="5 requests a run, 30 s for each, confirmed by a second attempt"
      fields={['requests', 'connections', 'timeout', 'timeouts', 'confirm', 'ip']}
    >
      <div class="edit-grid">
        <NumberAt
          path={['requests']}
          label="Requests of a run"
          placeholder="5"
          hint="One after another, 1 to 100. Half of them must succeed."
        />
        <ChoiceAt
          path={['connections']}
          label="Connections"
          options={[
            ['', 'A new one for each request (default)'],
            ['cold', 'A new one for each request'],
            ['warm', 'One for the whole run'],
          ]}
        />
        <TextAt
          path={['timeout']}
          label="Time for one request"
          placeholder="30s"
          hint={`Redirects included, up to 5m. ${DURATION}`}
        />
        <ConfirmFields />
        <ChoiceAt
          path={['ip']}
          label="IP version"
          options={[
            ['', 'IPv4, then IPv6 (default)'],
            ['prefer4', 'IPv4, then IPv6'],
            ['prefer6', 'IPv6, then IPv4'],
            ['4', 'IPv4 only'],
            ['6', 'IPv6 only'],
          ]}
        />
      </div>
      <fieldset class="edit-rows">
        <legend>Time for the parts of a request</legend>
        <p class="field-hint">Each may take as long as the whole where nothing is said.</p>
        <div class="edit-grid">
          <TextAt path={['timeouts', 'dns']} label="Finding the address" />
          <TextAt path={['timeouts', 'connect']} label="Connecting" />
          {protocol !== 'dns' && protocol !== 'http' && (
            <TextAt path={['timeouts', 'tls']} label="TLS handshake" />
          )}
          {protocol !== 'tls' && (
            <TextAt path={['timeouts', 'wait']} label="Waiting for the answer" />
          )}
          {web && <TextAt path={['timeouts', 'body']} label="Reading the body" />}
        </div>
      </fieldset>
    </Section>
  )
}

/** A number of attempts, or that and the time between them. */
function ConfirmFields() {
  const { definition, change } = useContext(FormContext)
  const own = useField(['confirm'])
  const attempts = useField(['confirm', 'attempts'])
  const spacing = useField(['confirm', 'spacing'])
  const alone = typeof own.value !== 'object'
  const put = (count: unknown, between: string) =>
    change(
      changed(
        definition,
        ['confirm'],
        between === ''
          ? count
          : { ...(count === undefined ? {} : { attempts: count }), spacing: between },
      ),
    )
  const count = alone ? own.value : attempts.value
  const between = asText(spacing.value)
  return (
    <>
      <TextField
        label="Attempts that must fail"
        placeholder="2"
        value={asText(count)}
        onInput={(text) => put(numberOr(text), between)}
        hint="1 to 5, before a run counts as failed."
        {...own.wrong}
        {...attempts.wrong}
      />
      <TextField
        label="Time between attempts"
        placeholder="1s"
        value={between}
        onInput={(text) => put(count, text)}
        {...spacing.wrong}
      />
    </>
  )
}

export const SECRET_HINT =
  'Name a secret: ${env:NAME} is a variable, ${file:path} a file, where Weir runs. The value itself is never stored.'

export function TlsSection({ protocol }: { protocol: Protocol }) {
  const verify = useField(['tls', 'verify'])
  const tls = useField(['tls'])
  return (
    <Section title="TLS" says="The system's authorities, TLS 1.2 or newer" fields={['tls']}>
      {protocol === 'tcp' && (
        <CheckField
          label="The connection is encrypted"
          hint="From its beginning, or from a step that starts TLS."
          value={tls.value !== undefined}
          onInput={(on) => tls.set(on ? {} : undefined)}
        />
      )}
      {(protocol !== 'tcp' || tls.value !== undefined) && (
        <>
          <div class="edit-grid">
            <TextAt
              path={['tls', 'server-name']}
              label="Server name"
              hint="Asked for, and looked for in the certificate; the endpoint's host where nothing is said."
            />
            <ChoiceAt
              path={['tls', 'minimum']}
              label="Oldest version"
              options={[
                ['', 'TLS 1.2 (default)'],
                ['1.2', 'TLS 1.2'],
                ['1.3', 'TLS 1.3'],
              ]}
            />
          </div>
          <TextAt
            path={['tls', 'ca']}
            label="Trusted authorities"
            lines={3}
            code
            placeholder="${file:authorities.pem}"
            hint="PEM, or a file of it, instead of the system's."
          />
          <div class="edit-grid">
            <TextAt
              path={['tls', 'certificate']}
              label="Client certificate"
              code
              placeholder="${file:client.pem}"
            />
            <TextAt
              path={['tls', 'key']}
              label="Its key"
              code
              placeholder="${file:client.key}"
              hint={SECRET_HINT}
            />
          </div>
          <CheckField
            label="Verify chain and name"
            hint="Without it any certificate will do; its days are told all the same."
            value={verify.value !== false}
            onInput={(on) => verify.set(on ? undefined : false)}
          />
        </>
      )}
    </Section>
  )
}

const TYPES = [
  'A',
  'AAAA',
  'CAA',
  'CNAME',
  'DNSKEY',
  'DS',
  'HTTPS',
  'MX',
  'NAPTR',
  'NS',
  'PTR',
  'SOA',
  'SRV',
  'SSHFP',
  'SVCB',
  'TLSA',
  'TXT',
]

export function DnsSection() {
  return (
    <Section
      title="Question"
      says="An A record, of the system's resolver, over UDP"
      fields={['dns']}
    >
      <div class="edit-grid">
        <ChoiceAt
          path={['dns', 'type']}
          label="Record type"
          options={[['', 'A (default)'], ...TYPES.map((type): [string, string] => [type, type])]}
        />
        <TextAt
          path={['dns', 'resolver']}
          label="Resolver"
          placeholder="9.9.9.9"
          hint="Host, or host:port; the system's where nothing is said."
        />
        <ChoiceAt
          path={['dns', 'transport']}
          label="Transport"
          options={[
            ['', 'UDP (default)'],
            ['udp', 'UDP'],
            ['tcp', 'TCP'],
          ]}
        />
      </div>
    </Section>
  )
}

export function RegionsSection() {
  return (
    <Section title="Regions" says="Where this Weir runs" fields={['regions']}>
      <ListAt
        path={['regions']}
        label="Checked from"
        placeholder="eu-west-1, us-east-1"
        hint="Names of regions, with commas between; each needs a Weir of that region."
      />
    </Section>
  )
}

/** How often the check runs: the usual ones, or what is typed. */
export function IntervalField() {
  const { value, set, wrong } = useField(['interval'])
  const [other, setOther] = useState(false)
  const text = asText(value)
  const usual = ['', '10s', '30s', '1m', '5m', '15m', '1h']
  if (other || !usual.includes(text)) {
    return (
      <TextField
        label="Interval"
        value={text}
        placeholder="1m"
        hint="From run to run, 1s to 24h, such as 45s or 1m30s."
        onInput={(typed) => {
          setOther(true)
          set(typed === '' ? undefined : typed)
        }}
        {...wrong}
      />
    )
  }
  return (
    <SelectField
      label="Interval"
      value={text}
      hint="How often the check runs."
      options={[
        ['', 'Every minute (default)'],
        ['10s', 'Every 10 seconds'],
        ['30s', 'Every 30 seconds'],
        ['1m', 'Every minute'],
        ['5m', 'Every 5 minutes'],
        ['15m', 'Every 15 minutes'],
        ['1h', 'Every hour'],
        ['other', 'Other…'],
      ]}
      onInput={(chosen) => {
        if (chosen === 'other') {
          setOther(true)
        } else {
          set(chosen === '' ? undefined : chosen)
        }
      }}
      {...wrong}
    />
  )
}
