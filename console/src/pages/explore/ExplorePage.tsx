// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Button } from '../../parts/Button'
import { Notice } from '../../parts/Notice'
import { Awaited, Empty } from '../../parts/Placeholder'
import type { PageProps } from '../../shell/App'
import { setQuery } from '../../shell/route'
import { useTitle } from '../../shell/title'
import { Editor } from './Editor'
import './explore.css'
import { past as kept, remember } from './history'
import { placeOf, withoutPlace } from './place'
import { ResultPanel } from './ResultPanel'
import { Side } from './Side'
import { useCatalog } from './useCatalog'
import { useQuery } from './useQuery'

/** Longer queries make links that are cut on their way. */
const LINK_CHARACTERS_MAX = 1_800

/** Timestream SQL over what is stored. */
export default function ExplorePage(props: PageProps) {
  useTitle('Explore')
  return (
    <>
      <h1 class="visually-hidden">Explore</h1>
      <Explore {...props} />
    </>
  )
}

function Explore({ route }: PageProps) {
  const [sql, setSql] = useState(() => route.query.get('sql') ?? kept()[0]?.sql ?? '')
  const [past, setPast] = useState(kept)
  const [browsing, setBrowsing] = useState(false)
  const [goTo, setGoTo] = useState(0)
  const described = useCatalog(sql)
  const query = useQuery()
  const error = useId()
  const editor = useRef<HTMLDivElement>(null)
  const { outcome } = query
  const failed = outcome.kind === 'failed' ? outcome : null
  const wrong = failed === null || failed.sql !== sql ? null : placeOf(failed.failure.message, sql)
  const running = outcome.kind === 'running'

  const linked = route.query.get('sql')
  useEffect(() => {
    if (linked !== null) {
      setSql(linked)
    }
  }, [linked])

  const run = (text: string) => {
    if (text.trim() === '') {
      return
    }
    setPast(remember(text, Date.now()))
    setQuery({ sql: text.length <= LINK_CHARACTERS_MAX ? text : undefined })
    query.run(text)
  }
  const askFor = (text: string) => {
    setSql(text)
    setBrowsing(false)
    run(text)
  }
  const write = (text: string) => {
    const field = editor.current?.querySelector('textarea')
    const at = field?.selectionStart ?? sql.length
    const space = at > 0 && !/[\s(.]/.test(sql.charAt(at - 1)) ? ' ' : ''
    setSql(sql.slice(0, at) + space + text + sql.slice(field?.selectionEnd ?? at))
    field?.focus()
  }

  const { catalog } = described
  if (catalog.data === null) {
    return <Awaited {...catalog} rows={6} />
  }
  if (catalog.data.databases.every((each) => each.tables.length === 0)) {
    return (
      <Empty title="Nothing to ask about yet">
        <p>Results of checks and metrics that Prometheus writes can be asked for with SQL here.</p>
        <p class="buttons">
          <a class="button button-main" href="#/add">
            Add a site
          </a>
          <a class="button" href="#/connector">
            Connect Prometheus
          </a>
        </p>
      </Empty>
    )
  }
  return (
    <div class="explore">
      <aside
        class={browsing ? 'explore-side explore-side-open' : 'explore-side'}
        aria-label="What there is"
      >
        <button
          type="button"
          class="button explore-browse"
          aria-expanded={browsing}
          onClick={() => setBrowsing(!browsing)}
        >
          {browsing ? 'Hide what there is' : 'Examples, metrics, tables'}
        </button>
        <div class="explore-side-body">
          <Side
            catalog={catalog.data}
            described={described}
            past={past}
            onAsk={askFor}
            onWrite={write}
          />
        </div>
      </aside>
      <div class="explore-main" ref={editor}>
        {catalog.failure !== null && (
          <Notice kind="warning">New tables may be missing: {catalog.failure.message}</Notice>
        )}
        <Editor
          value={sql}
          onInput={setSql}
          onRun={() => run(sql)}
          onEscape={() => running && query.cancel()}
          known={{ catalog: catalog.data, columns: described.columns }}
          wrong={wrong}
          goTo={goTo}
          {...(failed === null ? {} : { describedBy: error })}
        />
        <div class="explore-bar">
          {running ? (
            <Button kind="danger" busy={outcome.cancelling} onClick={query.cancel}>
              Cancel
            </Button>
          ) : (
            <Button kind="main" disabled={sql.trim() === ''} onClick={() => run(sql)}>
              Run
            </Button>
          )}
          <span class="explore-note">
            {running ? (
              <>
                <kbd>Esc</kbd> cancels
              </>
            ) : (
              <>
                <kbd>Ctrl</kbd> <kbd>Enter</kbd> runs, <kbd>Ctrl</kbd> <kbd>Space</kbd> suggests
              </>
            )}
          </span>
        </div>
        {failed !== null && (
          <Notice kind="failure">
            <p id={error}>{withoutPlace(failed.failure.message)}</p>
            {wrong !== null && (
              <Button onClick={() => setGoTo(goTo + 1)}>
                {`Go to line ${wrong.line}, column ${wrong.column}`}
              </Button>
            )}
          </Notice>
        )}
        <section class="explore-result" aria-label="Result" aria-busy={running}>
          <ResultPanel query={query} />
        </section>
      </div>
    </div>
  )
}
