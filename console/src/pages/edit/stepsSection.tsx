// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { SelectField, TextField } from '../../parts/Field'
import { isTree } from './definition'
import { asText, useField, useTyped } from './form'
import { RowsAt } from './rows'
import { Section } from './Section'

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
