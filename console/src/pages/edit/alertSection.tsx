// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { SelectField } from '../../parts/Field'
import { isTree, type Path } from './definition'
import { ListAt, NumberAt, TextAt, useField } from './form'
import { RowsAt, TextRow } from './rows'
import { Section } from './Section'

/** When somebody is told, and when nobody is. */
export function AlertSection() {
  return (
    <Section
      title="Incidents and maintenance"
      says="The first failed run opens an incident, the first good one closes it"
      fields={['incident', 'maintenance']}
    >
      <div class="edit-grid">
        <NumberAt
          path={['incident', 'failures']}
          label="Failed runs that open an incident"
          placeholder="1"
        />
        <NumberAt
          path={['incident', 'successes']}
          label="Good runs that close it"
          placeholder="1"
        />
        <TextAt
          path={['incident', 'repeat']}
          label="Told again after"
          placeholder="never"
          hint="While it is open, such as 4h."
        />
      </div>
      <RowsAt
        path={['maintenance']}
        label="Maintenance windows"
        hint="Checks go on; nobody is told, and uptime leaves these times out."
        add="Add a window"
        fresh={{ days: ['sat', 'sun'], from: '22:00', length: '2h' }}
        row={(path, index) => <WindowFields path={path} index={index} />}
      />
    </Section>
  )
}

function WindowFields({ path, index }: { path: Path; index: number }) {
  const { value, set } = useField(path)
  const once = isTree(value) && (value['start'] !== undefined || value['end'] !== undefined)
  return (
    <>
      <SelectField
        label={`Window ${index + 1}`}
        value={once ? 'once' : 'weekly'}
        options={[
          ['weekly', 'Every week'],
          ['once', 'Once'],
        ]}
        onInput={(kind) =>
          set(
            kind === 'once'
              ? { start: '', end: '' }
              : { days: ['sat', 'sun'], from: '22:00', length: '2h' },
          )
        }
      />
      {once ? (
        <div class="edit-row-pair">
          <TextRow path={[...path, 'start']} label="From" placeholder="2026-12-24T18:00:00Z" />
          <TextRow path={[...path, 'end']} label="Until" placeholder="2026-12-27T06:00:00Z" />
        </div>
      ) : (
        <div class="edit-grid">
          <ListAt path={[...path, 'days']} label="Days" placeholder="sat, sun" />
          <TextRow path={[...path, 'from']} label="From" placeholder="22:00" />
          <TextRow path={[...path, 'length']} label="For" placeholder="2h" />
          <TextAt
            path={[...path, 'zone']}
            label="Time zone"
            placeholder="UTC"
            hint={`Yours is ${Intl.DateTimeFormat().resolvedOptions().timeZone}.`}
          />
        </div>
      )}
    </>
  )
}
