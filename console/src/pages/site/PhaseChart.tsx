// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useMemo, useState } from 'preact/hooks'
import type { SiteSeries } from '../../api/types'
import { Chart } from '../../parts/chart/Chart'
import type { ChartLine, ChartMark } from '../../parts/chart/model'
import { duration, latency } from '../../parts/format'
import { PHASES } from '../../parts/Waterfall/phases'

const LINES: readonly { key: 'p50' | 'p95' | 'max'; name: string; colour: string }[] = [
  { key: 'p50', name: 'p50', colour: '--accent' },
  { key: 'p95', name: 'p95', colour: '--ink' },
  { key: 'max', name: 'Largest', colour: '--danger' },
]

/** Over more than 3 days the store makes a series of hours. */
const HOURS_FROM_MS = 3 * 86_400_000

/** Where the time went: means of the phases on top of one another, with the percentiles as lines. */
export function PhaseChart({
  series,
  zoom,
}: {
  series: SiteSeries
  zoom: (from_s: number, to_s: number) => void
}) {
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set(['p95']))
  const drawn = useMemo(() => drawing(series, shown), [series, shown])
  const toggle = (key: string) => {
    const next = new Set(shown)
    if (!next.delete(key)) {
      next.add(key)
    }
    setShown(next)
  }
  return (
    <section class="panel" aria-labelledby="site-latency">
      <div class="site-panel-head">
        <h2 id="site-latency">Latency</h2>
        <p>
          {caption(series)}
          <span class="site-drag"> Drag to look closer.</span>
        </p>
      </div>
      <Chart
        label="Latency by phase"
        at_s={drawn.at_s}
        step_s={series.step_s}
        from_s={series.from_ms / 1000}
        to_s={series.to_ms / 1000}
        lines={drawn.lines}
        marks={drawn.marks}
        format={latency}
        axis={axis}
        height={values(series) ? 240 : 48}
        onZoom={zoom}
        onToggle={toggle}
      />
    </section>
  )
}

function drawing(series: SiteSeries, shown: ReadonlySet<string>) {
  const at_s = series.runs.map((_, index) => series.from_ms / 1000 + index * series.step_s)
  const lines: ChartLine[] = [
    ...areas(series),
    ...LINES.map(({ key, name, colour }) => ({
      key,
      name,
      colour,
      kind: 'step' as const,
      values: series.latency_s[key],
      hidden: !shown.has(key),
    })),
  ]
  const marks: ChartMark[] = [
    { key: 'failed', name: 'Failed', colour: '--down', hollow: false, counts: series.failed },
    { key: 'missed', name: 'Missed', colour: '--idle', hollow: true, counts: series.missed },
  ]
  return { at_s, lines, marks: marks.filter((mark) => mark.counts.some((count) => count > 0)) }
}

/** The phases that took place; the mean of all together where the store has none of them. */
function areas(series: SiteSeries): ChartLine[] {
  const kind = 'area' as const
  const phases = PHASES.map(({ key, name, colour }) => {
    return { key, name, colour, kind, values: series.phases_s[key] }
  }).filter((line) => line.values.some((value) => value !== null))
  const mean = { key: 'mean', name: 'Mean', colour: '--phase-wait', kind }
  return phases.length > 0 ? phases : [{ ...mean, values: series.latency_s.mean }]
}

function values(series: SiteSeries): boolean {
  return series.latency_s.mean.some((value) => value !== null)
}

function caption(series: SiteSeries): string {
  if (!values(series)) {
    return 'No run succeeded, so there is no latency to show.'
  }
  const bins = `in bins of ${duration(series.step_s)}.`
  const phases = Object.values(series.phases_s).some((each) => each.some((value) => value !== null))
  const what = phases ? `Mean of each phase, ${bins}` : `Mean, ${bins}`
  return madeOfHours(series) ? `${what} Percentiles are at most 12.2 % off.` : what
}

/** Long ranges are made of hours that are closed, whose percentiles come from buckets. */
function madeOfHours({ from_ms, to_ms, step_s }: SiteSeries): boolean {
  return to_ms - from_ms > HOURS_FROM_MS && step_s >= 3600
}

function axis(seconds: number): string {
  if (seconds === 0) {
    return '0'
  }
  return seconds < 1
    ? `${Number((seconds * 1000).toPrecision(3))} ms`
    : `${Number(seconds.toPrecision(3))} s`
}
