// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { SelectField } from '../../parts/Field'
import { isTree, without, type Protocol } from './definition'
import { asText, ChoiceAt, NumberAt, TextAt, useField } from './form'
import { PairsAt, TextRow } from './rows'
import { Section } from './Section'
import { SECRET_HINT } from './socketSections'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** What is sent over HTTP. */
export function RequestSection({ protocol }: { protocol: Protocol }) {
  return (
    <Section title="Request" says="GET, up to 10 redirects" fields={['http']}>
      <div class="edit-grid">
        <ChoiceAt
          path={['http', 'method']}
          label="Method"
          options={[
            ['', 'GET (default)'],
            ...METHODS.map((method): [string, string] => [method, method]),
          ]}
        />
        <RedirectsField />
        <ChoiceAt
          path={['http', 'version']}
          label="HTTP version"
          options={[
            [
              '',
              protocol === 'https'
                ? '2 where the site speaks it, else 1.1 (default)'
                : '1.1 (default)',
            ],
            ['auto', 'Automatic'],
            ['1.1', '1.1 only'],
            ['2', '2 only'],
          ]}
        />
        <NumberAt
          path={['http', 'body-limit']}
          label="Largest body"
          placeholder="1MiB"
          hint="More is a failure; up to 16MiB."
        />
      </div>
      <PairsAt
        path={['http', 'headers']}
        label="Headers"
        hint="Authorization, Proxy-Authorization, Cookie and X-Api-Key name a secret, as in Token ${env:TOKEN}."
        add="Add a header"
      />
      <TextAt
        path={['http', 'body']}
        label="Body"
        lines={4}
        code
        hint="Up to 65,536 characters. May name secrets; for the characters ${ themselves write $${."
      />
      <SignInFields />
    </Section>
  )
}

/** Followed so often; false or 0 for not at all. */
function RedirectsField() {
  const { value, set, wrong } = useField(['http', 'redirects'])
  const text = value === false ? '0' : asText(value)
  const options: [string, string][] = [
    ['', 'Follow up to 10 (default)'],
    ['0', 'Do not follow'],
    ...[1, 2, 3, 5, 20].map((count): [string, string] => [String(count), `Follow up to ${count}`]),
  ]
  return (
    <SelectField
      label="Redirects"
      hint="Not followed, the redirect is the answer."
      value={text}
      options={
        options.some(([each]) => each === text)
          ? options
          : [...options, [text, `Follow up to ${text}`]]
      }
      onInput={(chosen) => set(chosen === '' ? undefined : chosen === '0' ? false : Number(chosen))}
      {...wrong}
    />
  )
}

/** Basic, bearer, or neither. */
function SignInFields() {
  const basic = useField(['http', 'basic'])
  const bearer = useField(['http', 'bearer'])
  const http = useField(['http'])
  const kind = basic.value !== undefined ? 'basic' : bearer.value !== undefined ? 'bearer' : ''
  const choose = (chosen: string) => {
    const others = isTree(http.value) ? without(http.value, 'basic', 'bearer') : {}
    const next =
      chosen === 'basic'
        ? { ...others, basic: { user: '', password: '' } }
        : chosen === 'bearer'
          ? { ...others, bearer: '' }
          : others
    http.set(Object.keys(next).length === 0 ? undefined : next)
  }
  return (
    <>
      <SelectField
        label="Sign-in"
        value={kind}
        options={[
          ['', 'None'],
          ['basic', 'User and password (Basic)'],
          ['bearer', 'Token (Bearer)'],
        ]}
        onInput={choose}
        {...basic.wrong}
      />
      {kind === 'basic' && (
        <div class="edit-grid">
          <TextRow path={['http', 'basic', 'user']} label="User" />
          <SecretRow path={['http', 'basic', 'password']} label="Password" />
        </div>
      )}
      {kind === 'bearer' && <SecretRow path={['http', 'bearer']} label="Token" />}
    </>
  )
}

function SecretRow({ path, label }: { path: string[]; label: string }) {
  return <TextRow path={path} label={label} code placeholder="${env:NAME}" hint={SECRET_HINT} />
}
