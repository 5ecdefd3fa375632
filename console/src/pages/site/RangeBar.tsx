// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { Button } from '../../parts/Button'
import { setQuery } from '../../shell/route'
import { fieldOf, fieldsWrong, PRESETS, queryOf, type Range, STANDARD, windowOf } from './range'
import { serverNow } from './useSeries'

const NO_RANGE = { from: undefined, to: undefined, was: undefined }

/** Which time and which region are looked at. All of it is in the address. */
export function RangeBar({
  range,
  region,
  regions,
  was,
  children,
}: {
  range: Range
  region: string
  regions: string[]
  /** The preset from which a range was marked. */
  was: string | null
  /** What is at the end of the bar. */
  children: ComponentChildren
}) {
  const [own, setOwn] = useState(false)
  const preset = range.kind === 'last' ? range.name : ''
  const back = PRESETS.find((each) => each.name === was)
  return (
    <div class="site-range">
      <div class="site-presets" role="group" aria-label="Time that is shown">
        {PRESETS.map(({ name, words }) => (
          <button
            key={name}
            type="button"
            class="site-preset"
            aria-pressed={preset === name}
            onClick={() => {
              setOwn(false)
              setQuery({ ...NO_RANGE, range: name === STANDARD ? undefined : name })
            }}
          >
            {words}
          </button>
        ))}
        <button
          type="button"
          class="site-preset"
          aria-pressed={range.kind === 'fixed'}
          aria-expanded={own}
          onClick={() => setOwn(!own)}
        >
          From – to
        </button>
      </div>
      {range.kind === 'fixed' && back !== undefined && (
        <Button
          onClick={() =>
            setQuery({ ...NO_RANGE, range: back.name === STANDARD ? undefined : back.name })
          }
        >
          Back to {back.words}
        </Button>
      )}
      {regions.length > 1 && (
        <label class="site-region">
          Region
          <select
            class="input"
            value={region}
            onInput={(event) => setQuery({ region: event.currentTarget.value })}
          >
            <option value="">All {regions.length}</option>
            {regions.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
      )}
      {children}
      {(own || (range.kind === 'fixed' && back === undefined)) && (
        <OwnRange key={JSON.stringify(range)} range={range} />
      )}
    </div>
  )
}

function OwnRange({ range }: { range: Range }) {
  const shown = range.kind === 'fixed' ? range : windowOf(range, 1, serverNow())
  const [from, setFrom] = useState(fieldOf(shown.from_ms))
  const [to, setTo] = useState(fieldOf(shown.to_ms))
  const [tried, setTried] = useState(false)
  const ids = useId()
  const wrong = tried ? fieldsWrong(from, to) : null
  const submit = (event: Event) => {
    event.preventDefault()
    setTried(true)
    if (fieldsWrong(from, to) === null) {
      const query = queryOf(new Date(from).getTime(), new Date(to).getTime())
      setQuery({ ...NO_RANGE, ...query, range: undefined })
    }
  }
  return (
    <form class="site-own" onSubmit={submit} noValidate>
      {(
        [
          ['From', from, setFrom],
          ['To', to, setTo],
        ] as const
      ).map(([label, value, set]) => (
        <div key={label}>
          <label for={ids + label}>{label}</label>
          <input
            id={ids + label}
            class="input"
            type="datetime-local"
            step={1}
            value={value}
            aria-invalid={wrong !== null}
            aria-describedby={wrong === null ? undefined : `${ids}wrong`}
            onInput={(event) => set(event.currentTarget.value)}
          />
        </div>
      ))}
      <Button type="submit">Show</Button>
      {wrong !== null && (
        <p id={`${ids}wrong`} class="field-error" role="alert">
          {wrong}
        </p>
      )}
    </form>
  )
}
