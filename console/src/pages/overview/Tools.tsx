// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useRef } from 'preact/hooks'
import { Shape, STATES } from '../../parts/State'
import { setQuery } from '../../shell/route'
import type { Counts } from './board'
import { queryOf, SORTS, STATE_ORDER, type Choice, type Sort } from './choice'

/** Counts by state; pressing one shows only those, pressing it again all. */
export function Chips({ counts, choice }: { counts: Counts; choice: Choice }) {
  const shown = STATE_ORDER.filter((state) => counts[state] > 0 || choice.states.includes(state))
  return (
    <div class="overview-chips" role="group" aria-label="Only sites that are">
      {shown.map((state) => {
        const { word, tone, path } = STATES[state]
        const pressed = choice.states.includes(state)
        const states = pressed
          ? choice.states.filter((each) => each !== state)
          : [...choice.states, state]
        return (
          <button
            key={state}
            type="button"
            class={`overview-chip overview-chip-${tone}`}
            aria-pressed={pressed}
            onClick={() => setQuery(queryOf({ states }))}
          >
            <Shape path={path} />
            {word} <b class="number">{counts[state]}</b>
          </button>
        )
      })}
    </div>
  )
}

/** Search, filters and order. Whatever is chosen is in the address. */
export function Tools({
  choice,
  groups,
  customers,
}: {
  choice: Choice
  groups: string[]
  customers: string[]
}) {
  const several = groups.length > 1
  return (
    <div class="overview-tools">
      <Search text={choice.text} />
      {several && (
        <Select
          label="Group"
          value={choice.group ?? ALL}
          options={[[ALL, 'All groups'], ...groups.map(named)]}
          onInput={(value) => setQuery(queryOf({ group: value === ALL ? null : value }))}
        />
      )}
      {customers.length > 1 && (
        <Select
          label="Customer"
          value={choice.customer ?? ALL}
          options={[[ALL, 'All customers'], ...customers.map(named)]}
          onInput={(value) => setQuery(queryOf({ customer: value === ALL ? null : value }))}
        />
      )}
      <Select
        label="Order"
        value={choice.sort}
        options={SORTS}
        onInput={(value) => setQuery(queryOf({ sort: value as Sort, reversed: false }))}
      />
      <div class="overview-switches">
        {several && (
          <button
            type="button"
            class="overview-switch"
            aria-pressed={choice.grouped}
            onClick={() => setQuery(queryOf({ grouped: !choice.grouped }))}
          >
            Groups
          </button>
        )}
        <button
          type="button"
          class="overview-switch overview-switch-view"
          aria-pressed={choice.view === 'cards'}
          onClick={() => setQuery(queryOf({ view: choice.view === 'cards' ? 'auto' : 'cards' }))}
        >
          Cards
        </button>
      </div>
    </div>
  )
}

/** No group or customer is called so. */
const ALL = '\n'

function named(name: string): [string, string] {
  return [name, name === '' ? 'No group' : name]
}

function Search({ text }: { text: string }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing = (event.target as HTMLElement).closest('input, textarea, select, dialog')
      if (event.key === '/' && typing === null && !event.ctrlKey && !event.metaKey) {
        event.preventDefault()
        input.current?.focus()
        input.current?.select()
      }
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  return (
    <input
      ref={input}
      class="input overview-search"
      type="search"
      aria-label="Search name, address, group or error"
      aria-keyshortcuts="/"
      placeholder="Search ( / )"
      value={text}
      spellcheck={false}
      onInput={(event) => setQuery(queryOf({ text: event.currentTarget.value }))}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          setQuery(queryOf({ text: '' }))
        }
      }}
    />
  )
}

function Select({
  label,
  value,
  options,
  onInput,
}: {
  label: string
  value: string
  options: [string, string][]
  onInput: (value: string) => void
}) {
  return (
    <select
      class="input overview-select"
      aria-label={label}
      value={value}
      onInput={(event) => onInput(event.currentTarget.value)}
    >
      {options.map(([each, text]) => (
        <option key={each} value={each}>
          {text}
        </option>
      ))}
    </select>
  )
}
