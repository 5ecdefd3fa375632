// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { CheckField } from '../../parts/Field'
import { type Protocol } from './definition'
import { ChoiceAt, TextAt, useField } from './form'
import { Section } from './Section'

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
