// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'preact/hooks'
import { me } from '../../api/client'
import { Button } from '../../parts/Button'
import { CheckField, SelectField } from '../../parts/Field'
import { bytes } from '../../parts/format'
import { Notice } from '../../parts/Notice'
import { Empty } from '../../parts/Placeholder'
import { useTitle } from '../../shell/title'
import { editable } from './definition'
import './edit.css'
import './import.css'
import { Export } from './Export'
import { BYTES_MAX, checked, shownBesideLines } from './importing'
import { LinedText } from './LinedText'
import { PlanView } from './PlanView'
import { usePlan } from './usePlan'

/** Many sites at once: a text, what it would change, and then that. */
export default function ImportPage() {
  useTitle('Import')
  const [text, setText] = useState('')
  const [file, setFile] = useState('')
  const [refusal, setRefusal] = useState('')
  const [prune, setPrune] = useState(false)
  const [customer, setCustomer] = useState('')
  const customers = editable(me.value)
  const plan = usePlan({ text, prune, customer })
  const take = (next: string, name: string) => {
    plan.forget()
    setRefusal(checked(next) ?? '')
    setText(next)
    setFile(name)
  }
  const choose = async (chosen: File | undefined) => {
    if (chosen === undefined) {
      return
    }
    if (chosen.size > BYTES_MAX) {
      setRefusal(
        `${chosen.name} has ${bytes(chosen.size)}; a file may have at most ${bytes(BYTES_MAX)}. Send it in parts.`,
      )
      return
    }
    take(await chosen.text(), chosen.name)
  }
  if (me.value !== null && customers.length === 0) {
    return (
      <Empty title="You may look, but not change">
        <p>Import needs the role editor. Who runs this Weir can give it to you.</p>
        <Export />
      </Empty>
    )
  }
  const changedOption = (set: () => void) => {
    plan.forget()
    set()
  }
  return (
    <>
      <div class="edit-head">
        <div>
          <h1>Import sites</h1>
          <p class="soft">
            A file for <code>weir sites apply</code>: YAML or JSON, or items of the table
            WSMonitoringConfig. Nothing is changed before you have seen what would be.
          </p>
        </div>
        <Export />
      </div>
      <section class="panel" aria-label="The file">
        <div class="buttons import-choose">
          <label class="button">
            Choose a file
            <input
              class="visually-hidden"
              type="file"
              accept=".yaml,.yml,.json,.txt"
              onChange={(event) => {
                void choose(event.currentTarget.files?.[0])
                event.currentTarget.value = ''
              }}
            />
          </label>
          <span class="soft">
            {file === ''
              ? `or write it below; at most ${bytes(BYTES_MAX)}`
              : `${file}, ${bytes(new Blob([text]).size)}`}
          </span>
          {text !== '' && (
            <Button kind="quiet" onClick={() => take('', '')}>
              Clear
            </Button>
          )}
        </div>
        {refusal !== '' && <Notice kind="failure">{refusal}</Notice>}
        {shownBesideLines(text) ? (
          <LinedText text={text} problems={plan.problems} onInput={(next) => take(next, file)} />
        ) : (
          <p class="soft">
            The text is too long to be shown here. It is planned and applied as it is.
          </p>
        )}
        <div class="edit-grid import-options">
          {customers.length > 1 && (
            <SelectField
              label="Customer"
              hint="Whose the sites are that name none."
              value={customer}
              options={[
                ['', 'As the file says, else default'],
                ...customers.map((each): [string, string] => [each, each]),
              ]}
              onInput={(chosen) => changedOption(() => setCustomer(chosen))}
            />
          )}
          <CheckField
            label="Remove what is not in the file"
            hint={
              customer === ''
                ? 'Of all customers that you may change.'
                : `Of customer ${customer} only.`
            }
            value={prune}
            onInput={(on) => changedOption(() => setPrune(on))}
          />
        </div>
        <Button
          kind={plan.plan === null ? 'main' : 'plain'}
          busy={plan.busy === 'plan'}
          disabled={text.trim() === '' || refusal !== ''}
          onClick={plan.ask}
        >
          Show what would change
        </Button>
      </section>
      {plan.failure !== '' && <Notice kind="failure">{plan.failure}</Notice>}
      {plan.note !== '' && <Notice kind="warning">{plan.note}</Notice>}
      {plan.plan !== null && (
        <PlanView plan={plan.plan} busy={plan.busy === 'apply'} apply={plan.apply} />
      )}
    </>
  )
}
