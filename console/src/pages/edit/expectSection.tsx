// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useContext } from 'preact/hooks'
import { SelectField, TextField } from '../../parts/Field'
import { changed, isTree, without, type Path, type Protocol } from './definition'
import { asText, FormContext, ListAt, NumberAt, TextAt, useField } from './form'
import { RowsAt, TextRow, TextsAt } from './rows'
import { Section } from './Section'

/** What must be true; the first that is not names the failure. */
export function ExpectSection({ protocol }: { protocol: Protocol }) {
  const web = protocol === 'http' || protocol === 'https'
  return (
    <Section
      title="Expectations"
      says={
        web
          ? 'A status from 200 to 299'
          : protocol === 'dns'
            ? 'Any answer, NOERROR'
            : protocol === 'tls'
              ? 'A certificate that is trusted'
              : 'A connection'
      }
      fields={['expect']}
    >
      <div class="edit-grid">
        {web && (
          <ListAt
            path={['expect', 'status']}
            label="Status"
            placeholder="200-299"
            hint="Statuses and ranges, such as 200, 204, 300-399."
          />
        )}
        {protocol === 'dns' && (
          <ListAt
            path={['expect', 'rcode']}
            label="Response code"
            placeholder="NOERROR"
            hint="One or more, such as NXDOMAIN, REFUSED."
          />
        )}
        <LatencyFields />
        {(protocol === 'https' || protocol === 'tls' || protocol === 'tcp') && (
          <NumberAt
            path={['expect', 'certificate-days']}
            label="Certificate days"
            placeholder="14"
            hint={
              protocol === 'tcp'
                ? 'With TLS: days that the certificates must still be valid.'
                : 'Days that every certificate of the chain must still be valid.'
            }
          />
        )}
      </div>
      {web && <BodyFields />}
      {protocol === 'dns' && (
        <RowsAt
          path={['expect', 'answers']}
          label="Answers"
          hint="An RE2 expression that one of the answers matches, or none."
          add="Add an expression"
          fresh={{ matches: '' }}
          row={(path, index) => <MatchFields path={path} label={`Answer ${index + 1}`} />}
        />
      )}
    </Section>
  )
}

function BodyFields() {
  return (
    <>
      <div class="edit-grid edit-grid-wide">
        <TextsAt path={['expect', 'contains']} label="Body contains" add="Add a text" />
        <TextsAt path={['expect', 'not-contains']} label="Body does not contain" add="Add a text" />
        <TextsAt
          path={['expect', 'matches']}
          label="Body matches"
          hint="RE2 expressions, found anywhere in the body."
          add="Add an expression"
          code
        />
        <TextsAt
          path={['expect', 'not-matches']}
          label="Body does not match"
          add="Add an expression"
          code
        />
      </div>
      <RowsAt
        path={['expect', 'json']}
        label="JSON"
        hint="A JSONPath that finds something, and with a value something of that text."
        add="Add a path"
        fresh={{ path: '' }}
        row={(path, index) => (
          <div class="edit-row-pair">
            <TextRow
              path={[...path, 'path']}
              label={`Path ${index + 1}`}
              code
              placeholder="$.status"
            />
            <TextAt path={[...path, 'value']} label="Value" placeholder="any" />
          </div>
        )}
      />
      <RowsAt
        path={['expect', 'headers']}
        label="Headers of the answer"
        add="Add a header"
        fresh={{ name: '', matches: '' }}
        row={(path, index) => (
          <div class="edit-row-pair">
            <TextRow
              path={[...path, 'name']}
              label={`Header ${index + 1}`}
              placeholder="Content-Type"
            />
            <MatchFields path={path} label={`Header ${index + 1}`} />
          </div>
        )}
      />
    </>
  )
}

/** matches or not-matches, and the expression. */
function MatchFields({ path, label }: { path: Path; label: string }) {
  const { value, set } = useField(path)
  const rule = isTree(value) ? value : {}
  const kind = rule['not-matches'] !== undefined ? 'not-matches' : 'matches'
  const inner = useField([...path, kind])
  const put = (nextKind: string, text: unknown) => {
    set({ ...without(rule, 'matches', 'not-matches'), [nextKind]: text })
  }
  return (
    <div class="edit-row-pair">
      <SelectField
        label={`${label}, rule`}
        value={kind}
        options={[
          ['matches', 'matches'],
          ['not-matches', 'does not match'],
        ]}
        onInput={(chosen) => put(chosen, rule[kind] ?? '')}
      />
      <TextField
        label="Expression"
        code
        value={asText(rule[kind])}
        onInput={(text) => put(kind, text)}
        {...inner.wrong}
      />
    </div>
  )
}

/** A duration, or that and what it limits. */
function LatencyFields() {
  const { definition, change } = useContext(FormContext)
  const own = useField(['expect', 'latency'])
  const inner = useField(['expect', 'latency', 'max'])
  const of = useField(['expect', 'latency', 'of'])
  const alone = !isTree(own.value)
  const text = alone ? asText(own.value) : asText(inner.value)
  const kind = alone ? '' : asText(of.value)
  const put = (max: string, what: string) =>
    change(
      changed(
        definition,
        ['expect', 'latency'],
        max === '' && what === '' ? undefined : what === '' ? max : { max, of: what },
      ),
    )
  return (
    <>
      <TextField
        label="Latency at most"
        placeholder="no limit"
        value={text}
        hint="Such as 800ms or 2s. Requests that fail have none."
        onInput={(typed) => put(typed, typed === '' ? '' : kind)}
        {...own.wrong}
        {...inner.wrong}
      />
      {text !== '' && (
        <SelectField
          label="Which latency"
          value={kind}
          options={[
            ['', 'The average (default)'],
            ['average', 'The average'],
            ['p95', 'The 95th percentile'],
            ['max', 'The slowest request'],
          ]}
          onInput={(chosen) => put(text, chosen)}
          {...of.wrong}
        />
      )}
    </>
  )
}
