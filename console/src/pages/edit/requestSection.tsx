// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { SelectField, TextField } from '../../parts/Field'
import { isTree, without, type Protocol } from './definition'
import { asText, ChoiceAt, NumberAt, TextAt, useField, useTyped } from './form'
import { PairsAt, RowsAt, TextRow } from './rows'
import { Section, SECRET_HINT } from './sections'

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
  const { value, set, wrong } = useField(path)
  return (
    <TextField
      label={label}
      code
      value={asText(value)}
      placeholder="${env:NAME}"
      hint={SECRET_HINT}
      autocomplete="off"
      onInput={set}
      {...wrong}
    />
  )
}

const KINDS: [string, string][] = [
  ['expect', 'Wait for a line that matches'],
  ['send', 'Send'],
  ['starttls', 'Start TLS'],
]

/** A conversation over TCP, step by step. */
export function StepsSection() {
  return (
    <Section title="Conversation" says="A connection is all that is asked for" fields={['tcp']}>
      <RowsAt
        path={['tcp', 'steps']}
        label="Steps"
        hint={
          'Taken in order. A line that is sent ends where you say so: \\r\\n stands for the end of a line.'
        }
        add="Add a step"
        fresh={{ expect: '' }}
        row={(path, index) => <StepRow path={path} index={index} />}
      />
    </Section>
  )
}

function StepRow({ path, index }: { path: readonly (string | number)[]; index: number }) {
  const { value, set, wrong } = useField(path)
  const kind = isTree(value) ? (Object.keys(value)[0] ?? 'expect') : asText(value)
  const text = isTree(value) ? asText(value[kind]) : ''
  const inner = useField([...path, kind])
  const [sent, setSent] = useTyped(text, (each) => escaped(asText(each)), unescaped)
  return (
    <div class="edit-row-pair">
      <SelectField
        label={`Step ${index + 1}`}
        value={kind}
        options={KINDS}
        onInput={(chosen) => set(chosen === 'starttls' ? 'starttls' : { [chosen]: text })}
        {...wrong}
      />
      {kind !== 'starttls' && (
        <TextField
          label={kind === 'send' ? 'Text' : 'Expression'}
          code
          value={kind === 'send' ? sent : text}
          placeholder={kind === 'send' ? String.raw`EHLO weir\r\n` : '^220'}
          onInput={(typed) => {
            setSent(typed)
            set({ [kind]: kind === 'send' ? unescaped(typed) : typed })
          }}
          {...inner.wrong}
        />
      )}
    </div>
  )
}

/** Line ends as they are typed in one line. */
export function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\t', String.raw`\t`)
}

export function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (all, each: string) => {
    switch (each) {
      case 'r':
        return '\r'
      case 'n':
        return '\n'
      case 't':
        return '\t'
      case '\\':
        return '\\'
      default:
        return all
    }
  })
}
