// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useContext } from 'preact/hooks'
import { TextField } from '../../parts/Field'
import { changed, type Protocol } from './definition'
import { asText, ChoiceAt, FormContext, NumberAt, numberOr, TextAt, useField } from './form'
import { Section } from './Section'

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
          hint="One after another, 1 to 100. More than half of them must succeed."
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
