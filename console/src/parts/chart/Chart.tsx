// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import 'uplot/dist/uPlot.min.css'
import type uPlot from 'uplot'
import { Button } from '../Button'
import './chart.css'
import { ChartTable } from './ChartTable'
import { inkOf, theme } from './colours'
import { Legend } from './Legend'
import { type ChartLine, type ChartMark, indexAt, moved } from './model'
import { plot } from './plot'
import { inOneSentence, Reading } from './Reading'

export interface ChartProps {
  /** What is shown, in a few words. */
  label: string
  /** Where bins begin (or where points are), in epoch seconds, ascending. */
  at_s: readonly number[]
  /** Length of a bin; 0 for points. */
  step_s: number
  from_s: number
  to_s: number
  lines: readonly ChartLine[]
  marks?: readonly ChartMark[]
  /** A value as it is read. */
  format: (value: number) => string
  /** A value beside the axis; as it is read, where nothing else is given. */
  axis?: (value: number) => string
  /** Of the plot, in pixels. */
  height?: number
  /** A range was marked, with the pointer or the keyboard. */
  onZoom?: (from_s: number, to_s: number) => void
  /** A name in the legend was pressed. */
  onToggle?: (key: string) => void
}

const NO_MARKS: readonly ChartMark[] = []

/** Values over time, drawn; the same as a table for those who would rather read. */
export function Chart(props: ChartProps) {
  const [asTable, setAsTable] = useState(false)
  return (
    <figure class="chart">
      <figcaption class="chart-head">
        <span class="visually-hidden">{props.label}</span>
        <Legend
          lines={props.lines}
          marks={props.marks ?? NO_MARKS}
          {...(props.onToggle === undefined ? {} : { onToggle: props.onToggle })}
        />
        <Button kind="quiet" onClick={() => setAsTable(!asTable)}>
          {asTable ? 'Show as chart' : 'Show as table'}
        </Button>
      </figcaption>
      {asTable ? <ChartTable {...props} /> : <Plot {...props} />}
    </figure>
  )
}

function Plot(props: ChartProps) {
  const { at_s, step_s, from_s, to_s, marks = NO_MARKS, height = 220 } = props
  const lines = props.lines.filter((line) => line.hidden !== true)
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<uPlot | null>(null)
  const [at, setAt] = useState<number | null>(null)
  const [anchor, setAnchor] = useState<number | null>(null)
  const hint = useId()
  const latest = useRef(props)
  latest.current = props
  const zooms = props.onZoom !== undefined

  const turn = theme.value
  useLayoutEffect(() => {
    const element = place.current
    if (element === null) {
      return
    }
    const { format, axis = format } = latest.current
    const made = plot(
      element,
      { at_s, step_s, from_s, to_s, lines, marks, axis, height },
      inkOf(element),
      {
        pointed: (moment_s) => setAt(moment_s === null ? null : indexAt(at_s, step_s, moment_s)),
        marked: zooms ? (first_s, last_s) => latest.current.onZoom?.(first_s, last_s) : null,
      },
    )
    drawn.current = made
    return () => {
      made.destroy()
      drawn.current = null
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- lines are others whenever props.lines are
  }, [at_s, step_s, from_s, to_s, props.lines, marks, height, zooms, turn])

  useEffect(() => {
    const element = place.current
    if (element === null) {
      return
    }
    const watcher = new ResizeObserver(() => {
      const u = drawn.current
      if (u !== null && element.clientWidth > 0 && element.clientWidth !== u.width) {
        u.setSize({ width: element.clientWidth, height: u.height })
      }
    })
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [])

  const press = (event: KeyboardEvent) => {
    const next = moved(event.key, at, at_s.length)
    if (next !== null) {
      event.preventDefault()
      setAnchor(event.shiftKey && zooms ? (anchor ?? at ?? next) : null)
      setAt(next)
    } else if (event.key === 'Escape') {
      setAnchor(null)
      setAt(null)
    } else if (event.key === 'Enter' && anchor !== null && at !== null) {
      event.preventDefault()
      const [first, last] = [Math.min(anchor, at), Math.max(anchor, at)]
      setAnchor(null)
      props.onZoom?.(at_s[first] ?? from_s, (at_s[last] ?? to_s) + step_s)
    }
  }
  const position = (index: number, after_s: number) => {
    const start = at_s[index] ?? from_s
    return Math.min(1, Math.max(0, (start + after_s - from_s) / (to_s - from_s)))
  }
  const shown = at !== null && at < at_s.length ? at : null
  const first = shown === null ? 0 : Math.min(shown, anchor ?? shown)
  const last = shown === null ? 0 : Math.max(shown, anchor ?? shown)
  const box = drawn.current?.over
  return (
    <div class="chart-plot">
      <div
        ref={place}
        class="chart-canvas"
        role="slider"
        tabIndex={0}
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, at_s.length - 1)}
        aria-valuenow={shown ?? 0}
        aria-valuetext={
          shown === null ? 'No time chosen' : inOneSentence({ ...props, lines, marks }, shown)
        }
        aria-describedby={hint}
        onKeyDown={press}
        onBlur={() => {
          setAt(null)
          setAnchor(null)
        }}
      />
      <p id={hint} class="visually-hidden">
        Arrow keys read it bit by bit.
        {zooms && ' With Shift they mark a range, and Enter shows it larger.'}
      </p>
      {shown !== null && box !== undefined && (
        <>
          <div
            class="chart-bin"
            style={{
              left: `${box.offsetLeft + position(first, 0) * box.offsetWidth}px`,
              width: `${Math.max(1, (position(last, step_s) - position(first, 0)) * box.offsetWidth)}px`,
              top: `${box.offsetTop}px`,
              height: `${box.offsetHeight}px`,
            }}
          />
          <Reading
            {...props}
            lines={lines}
            marks={marks}
            index={shown}
            left_px={box.offsetLeft + position(shown, step_s / 2) * box.offsetWidth}
            width_px={box.offsetLeft + box.offsetWidth}
          />
        </>
      )}
    </div>
  )
}
