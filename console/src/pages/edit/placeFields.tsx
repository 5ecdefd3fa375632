// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'preact/hooks'
import { SelectField, TextField } from '../../parts/Field'
import { asText, ListAt, useField } from './form'
import { Section } from './Section'

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
