// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useContext } from 'preact/hooks'
import { me } from '../../api/client'
import { Button } from '../../parts/Button'
import { CheckField, SelectField, TextField } from '../../parts/Field'
import { AlertSection } from './alertSection'
import { changed, editable, idFrom, type Protocol, protocolOf, withScheme } from './definition'
import type { Editing } from './editing'
import { ExpectSection } from './expectSection'
import { asText, FormContext, TextAt, useField } from './form'
import { IntervalField, RegionsSection } from './placeFields'
import { RequestSection } from './requestSection'
import { DnsSection, TlsSection } from './socketSections'
import { StepsSection } from './stepsSection'
import { TimingSection } from './timingSection'

const MEANINGS: Record<Protocol, string> = {
  https: 'A request over TLS and its answer, redirects included.',
  http: 'A request and its answer, redirects included.',
  tcp: 'A connection, and what is said over it.',
  tls: 'A TLS handshake: chain, host name, expiry.',
  dns: 'A question to the DNS for this name.',
}

/** The definition as a form: what every site has first, the rest by protocol. */
export function FormView({
  isNew,
  named,
  edited,
}: {
  isNew: boolean
  named: boolean
  edited: (next: Partial<Editing>) => void
}) {
  const { definition } = useContext(FormContext)
  const protocol = protocolOf(definition)
  return (
    <>
      <section class="panel" aria-label="The site">
        <EndpointField named={named} edited={edited} />
        {(!isNew || definition.endpoint !== '') && (
          <>
            <div class="edit-grid">
              <TextAt
                path={['name']}
                label="Name"
                placeholder={definition.id}
                hint="What people call it; its id where nothing is said."
              />
              <IdField isNew={isNew} edited={edited} />
              <TextAt
                path={['group']}
                label="Group"
                hint="Sites of a group stand together in the overview."
              />
              <IntervalField />
              {isNew && <CustomerField />}
            </div>
            <EnabledField />
          </>
        )}
      </section>
      {protocol !== null && (
        <>
          {(protocol === 'http' || protocol === 'https') && <RequestSection protocol={protocol} />}
          {protocol === 'tcp' && <StepsSection />}
          {protocol === 'dns' && <DnsSection />}
          <ExpectSection protocol={protocol} />
          {protocol !== 'dns' && protocol !== 'http' && <TlsSection protocol={protocol} />}
          <TimingSection protocol={protocol} />
          <AlertSection />
          <RegionsSection />
        </>
      )}
    </>
  )
}

function EndpointField({
  named,
  edited,
}: {
  named: boolean
  edited: (next: Partial<Editing>) => void
}) {
  const { definition } = useContext(FormContext)
  const { wrong } = useField(['endpoint'])
  const protocol = protocolOf(definition)
  const put = (endpoint: string) => {
    const next = changed(definition, ['endpoint'], endpoint)
    edited({ definition: named ? next : { ...next, id: idFrom(endpoint) } })
  }
  const meant = withScheme(definition.endpoint)
  return (
    <>
      <TextField
        label="Endpoint"
        value={definition.endpoint}
        placeholder="https://shop.example.com/"
        hint={
          protocol === null
            ? 'https://…, http://…, tcp://host:port, tls://host:port or dns://name: its beginning says what is checked.'
            : MEANINGS[protocol]
        }
        onInput={put}
        {...wrong}
      />
      {protocol === null &&
        /[a-z0-9]\.[a-z]/i.test(definition.endpoint) &&
        meant.startsWith('https://') && (
          <p class="edit-meant">
            <Button onClick={() => put(meant)}>Check {meant}</Button>
          </p>
        )}
    </>
  )
}

function IdField({ isNew, edited }: { isNew: boolean; edited: (next: Partial<Editing>) => void }) {
  const { definition } = useContext(FormContext)
  const { wrong } = useField(['id'])
  return (
    <TextField
      label="Id"
      code
      value={definition.id}
      disabled={!isNew}
      hint={
        isNew
          ? 'In addresses and files. It can not be changed later.'
          : 'It can not be changed: results are kept under it.'
      }
      onInput={(id) => edited({ definition: changed(definition, ['id'], id), named: true })}
      {...(isNew ? wrong : {})}
    />
  )
}

/** Shown where there is a choice. */
function CustomerField() {
  const { value, set, wrong } = useField(['customer'])
  const all = editable(me.value)
  if (all.length < 2) {
    return null
  }
  return (
    <SelectField
      label="Customer"
      value={asText(value) === '' ? 'default' : asText(value)}
      options={all.map((each): [string, string] => [each, each])}
      hint="Whose site it is. It can not be changed later."
      onInput={(chosen) => set(chosen === 'default' ? undefined : chosen)}
      {...wrong}
    />
  )
}

function EnabledField() {
  const { value, set } = useField(['enabled'])
  return (
    <CheckField
      label="Check it"
      hint="Without it the site is paused: it stays here, and is not checked."
      value={value !== false}
      onInput={(on) => set(on)}
    />
  )
}
