// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from 'preact/hooks'
import type { SiteDefinition, SiteDocument } from '../../api/types'
import { Button } from '../../parts/Button'
import { Notice } from '../../parts/Notice'
import { go, href } from '../../shell/route'
import '../site/site.css'
import { DeleteDialog } from '../site/DeleteDialog'
import { Conflict } from './Conflict'
import { keep, forget, kept, keyOf } from './draft'
import { begun, dirty, inText, pathOf, question, resumed, typed, type Editing } from './editing'
import { FormContext } from './form'
import { FormView } from './FormView'
import { LeaveDialog } from './LeaveDialog'
import { Problems } from './Problems'
import { read } from './definitionText'
import { TextView } from './TextView'
import { TryIt } from './TryIt'
import { useLeaving } from './useLeaving'
import { useSaving } from './useSaving'
import { useValidation, type Verdict } from './useValidation'

/** A site being added or changed, as a form or as text. */
export function Editor({ site, fresh }: { site: SiteDocument | null; fresh: SiteDefinition }) {
  const [editing, setEditing] = useState<Editing>(() => begun(site, fresh))
  const key = keyOf(site)
  const [draft, setDraft] = useState(() => kept(key))
  const [done, setDone] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const unsaved = !done && dirty(editing, fresh)
  const verdict = useValidation(question(editing))
  const saving = useSaving(editing, setEditing, (next) => {
    setDone(true)
    forget(key)
    go(href(next))
  })
  const leaving = useLeaving(unsaved)
  useEffect(() => {
    if (unsaved) {
      keep(key, { definition: editing.definition, text: editing.text, version: editing.version })
    } else if (draft === null) {
      forget(key)
    }
  }, [editing, unsaved, key, draft])
  const problems = saving.problems ?? verdict.problems
  const { definition, text } = editing
  const form = {
    definition,
    problems: verdict.conflict && site === null ? [...problems, taken(definition.id)] : problems,
    change: (next: SiteDefinition) => {
      saving.touched()
      setEditing((old) => ({
        ...old,
        definition: next,
        named: old.named || next.id !== old.definition.id,
      }))
    },
  }
  const view = (format: 'yaml' | 'json' | null) => setEditing((old) => inText(old, format))
  const leave = (to: string) => {
    setDone(true)
    forget(key)
    go(to)
  }
  return (
    <FormContext.Provider value={form}>
      <div class="edit-head">
        <div>
          <h1>{site === null ? 'Add a site' : `Edit ${site.name}`}</h1>
          <p class="soft">
            {site === null ? (
              <>
                An address is enough to begin with. For many at once there is{' '}
                <a href="#/import">import</a>.
              </>
            ) : (
              <>
                <code>{site.id}</code> of customer <code>{site.customer}</code>, version{' '}
                {editing.version}
              </>
            )}
          </p>
        </div>
        <div class="edit-views" role="group" aria-label="View">
          <ViewButton
            name="Form"
            on={text === null}
            choose={() => view(null)}
            disabled={text !== null && read(text).definition === null}
          />
          <ViewButton
            name="As text"
            on={text !== null}
            choose={() => text === null && view('yaml')}
          />
        </div>
      </div>
      {draft !== null && (
        <Notice kind="info">
          What was typed here before was not saved.
          {draft.version !== editing.version && ' The site has been changed since.'}{' '}
          <span class="buttons">
            <Button
              onClick={() => {
                setEditing((old) => resumed(old, draft))
                setDraft(null)
              }}
            >
              Take it up again
            </Button>
            <Button
              kind="quiet"
              onClick={() => {
                forget(key)
                setDraft(null)
              }}
            >
              Throw it away
            </Button>
          </span>
        </Notice>
      )}
      <div class="edit-columns">
        <div class="edit-form">
          <Problems form={text === null} />
          {text === null ? (
            <FormView
              isNew={site === null}
              named={editing.named}
              edited={(next) => {
                saving.touched()
                setEditing((old) => ({ ...old, ...next }))
              }}
            />
          ) : (
            <TextView
              text={text}
              onInput={(next) => {
                saving.touched()
                setEditing((old) => typed(old, next))
              }}
              format={(format) => view(format)}
            />
          )}
        </div>
        <div class="edit-side">
          <TryIt
            definition={definition}
            ready={definition.endpoint !== '' && (text === null || read(text).fault === null)}
          />
          <section class="panel edit-save" aria-label="Save">
            {saving.failure !== '' && <Notice kind="failure">{saving.failure}</Notice>}
            {verdict.failure !== null && saving.failure === '' && (
              <Notice kind="warning">
                What is typed could not be judged: {verdict.failure}. It is kept in this tab.
              </Notice>
            )}
            <div class="buttons">
              <Button
                kind="main"
                busy={saving.busy}
                disabled={(site !== null && !unsaved) || pathOf(editing) === null}
                onClick={saving.save}
              >
                {site === null ? 'Add the site' : 'Save'}
              </Button>
              <a
                class="button"
                href={site === null ? '#/' : href(['sites', site.customer, site.id])}
              >
                Cancel
              </a>
              {site !== null && (
                <Button kind="danger" onClick={() => setDeleting(true)}>
                  Delete
                </Button>
              )}
            </div>
            {/* Told where something is wrong, not at every pause of who types. */}
            <p
              class="soft"
              aria-live={form.problems.length > 0 || verdict.conflict ? 'polite' : 'off'}
            >
              {status(
                question(editing) !== null,
                unsaved,
                form.problems.length,
                verdict,
                site === null,
              )}
            </p>
          </section>
        </div>
      </div>
      {saving.conflict !== null && (
        <Conflict
          theirs={saving.conflict.theirs}
          mine={definition}
          onTop={saving.onTop}
          useTheirs={saving.useTheirs}
          close={saving.close}
        />
      )}
      {leaving.to !== null && (
        <LeaveDialog stay={leaving.stay} leave={() => leave(leaving.to ?? '#/')} />
      )}
      {deleting && site !== null && (
        <DeleteDialog
          path={`sites/${encodeURIComponent(site.customer)}/${encodeURIComponent(site.id)}`}
          site={{ ...site, version: editing.version ?? site.version }}
          close={() => setDeleting(false)}
        />
      )}
    </FormContext.Provider>
  )
}

function ViewButton({
  name,
  on,
  choose,
  disabled = false,
}: {
  name: string
  on: boolean
  choose: () => void
  disabled?: boolean
}) {
  return (
    <button
      type="button"
      class="edit-view"
      aria-pressed={on}
      disabled={disabled}
      title={disabled ? 'What the text says can not be shown as a form' : undefined}
      onClick={choose}
    >
      {name}
    </button>
  )
}

function taken(id: string) {
  return { file: '', line: 0, site: id, field: 'id', reason: 'is the id of another site already' }
}

/** How the judgement stands; nothing while there is nothing to judge. */
function status(
  asked: boolean,
  unsaved: boolean,
  problems: number,
  verdict: Verdict,
  isNew: boolean,
): string {
  if (!unsaved && !isNew) {
    return 'Nothing is changed.'
  }
  if (problems > 0) {
    return problems === 1 ? '1 problem.' : `${problems} problems.`
  }
  if (verdict.conflict) {
    return 'Somebody else has changed the site since. Saving shows what they changed.'
  }
  return verdict.failure !== null || !asked
    ? ''
    : verdict.waiting
      ? 'Being judged…'
      : 'All of it is well.'
}
