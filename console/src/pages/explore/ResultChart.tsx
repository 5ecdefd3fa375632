// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useMemo, useState } from 'preact/hooks'
import { Chart } from '../../parts/chart/Chart'
import { whole } from '../../parts/format'
import { SelectField } from '../../parts/Field'
import {
  type Choice,
  draw,
  LINES_MAX,
  valueColumns,
  standardChoice,
  tellingColumns,
  textColumns,
} from './series'
import type { Result } from './useQuery'

const NONE = ''
const ALL = 'all'

/** The rows that are loaded, over time. */
export function ResultChart({ result }: { result: Result }) {
  const { columns, rows } = result
  const standard = useMemo(() => standardChoice(columns, rows), [columns, rows])
  const [chosen, setChosen] = useState<Choice | null>(null)
  const several = useMemo(() => tellingColumns(columns, rows).length > 1, [columns, rows])
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const choice = chosen ?? standard
  const drawn = useMemo(
    () => (choice === null ? null : draw(columns, rows, choice)),
    [columns, rows, choice],
  )
  const lines = useMemo(
    () => drawn?.lines.map((line) => ({ ...line, hidden: hidden.has(line.key) })) ?? [],
    [drawn, hidden],
  )
  const first = drawn?.at_s[0]
  const last = drawn?.at_s.at(-1)
  if (drawn === null || choice === null || first === undefined || last === undefined) {
    return <p>A chart needs a column of times and one of numbers, and at least one row.</p>
  }
  const toggle = (key: string) =>
    setHidden((old) => {
      const next = new Set(old)
      if (!next.delete(key)) {
        next.add(key)
      }
      return next
    })
  return (
    <div>
      <div class="explore-choices">
        <SelectField
          label="Values"
          value={choice.value === null ? NONE : String(choice.value)}
          options={[
            ...(choice.by === null ? [[NONE, 'All numbers'] as [string, string]] : []),
            ...valueColumns(columns).map(nameIn(columns)),
          ]}
          onInput={(value) =>
            setChosen({ ...choice, value: value === NONE ? null : Number(value) })
          }
        />
        <SelectField
          label="A line for each"
          value={choice.by === null ? NONE : String(choice.by)}
          options={[
            [NONE, 'Column'],
            ...(several ? [[ALL, 'All texts together'] as [string, string]] : []),
            ...textColumns(columns).map(nameIn(columns)),
          ]}
          onInput={(by) =>
            setChosen(
              by === NONE
                ? { value: null, by: null }
                : {
                    value: choice.value ?? valueColumns(columns)[0] ?? null,
                    by: by === ALL ? ALL : Number(by),
                  },
            )
          }
        />
      </div>
      <Chart
        label="The result over time"
        at_s={drawn.at_s}
        step_s={0}
        from_s={first === last ? first - 30 : first}
        to_s={first === last ? last + 30 : last}
        lines={lines}
        format={figure}
        height={320}
        onToggle={toggle}
      />
      <p class="explore-note">
        {result.next !== null &&
          `Of the first ${whole(rows.length)} rows; scroll the table for more. `}
        {drawn.left > 0 && `The first ${LINES_MAX} lines; ${whole(drawn.left)} are left out. `}
        {drawn.shared > 0 &&
          `${whole(drawn.shared)} points have the line and the time of another; the last is drawn. `}
        {drawn.rounded_s > 0 && `Times are rounded to ${drawn.rounded_s} s.`}
      </p>
    </div>
  )
}

function nameIn(columns: Result['columns']) {
  return (index: number): [string, string] => [String(index), columns[index]?.name ?? '']
}

const figures = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 })
const large = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 })

/** 0.0012, 17.25, 1,234.5, 12.3M. */
function figure(value: number): string {
  return Math.abs(value) >= 1e6 ? large.format(value) : figures.format(value)
}
