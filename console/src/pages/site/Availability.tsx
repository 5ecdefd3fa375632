// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useMemo, useState } from 'preact/hooks'
import type { SiteSeries } from '../../api/types'
import { moved } from '../../parts/chart/model'
import { span } from '../../parts/chart/times'
import { percent, whole } from '../../parts/format'
import { availability, type Bin, inWords, shareUp } from './bins'

/** So many bars can be told apart on a phone. */
const BARS_MAX = 60
const PITCH = 4
const HEIGHT = 24
const MISSED = 4
const GAP = 2

/** How much of the range the site was up, bar by bar. */
export function Availability({
  series,
  zoom,
}: {
  series: SiteSeries
  zoom: (from_s: number, to_s: number) => void
}) {
  const bins = useMemo(() => availability(series, BARS_MAX), [series])
  const [pointed, setPointed] = useState<number | null>(null)
  const { runs, failed, missed } = series.total
  const bin = pointed === null ? undefined : bins[pointed]
  const closer = () => {
    if (bin !== undefined) {
      zoom(bin.from_s, bin.to_s)
    }
  }
  return (
    <section class="panel" aria-labelledby="site-availability">
      <div class="site-panel-head">
        <h2 id="site-availability">Availability</h2>
        <p class="number">
          {bin === undefined ? (
            <>
              <b>{percent(shareUp(runs, failed))}</b> of {whole(runs)} runs, {whole(failed)} failed
              {missed > 0 && `, ${whole(missed)} missed`}
            </>
          ) : (
            told(bin)
          )}
        </p>
      </div>
      <div
        class="site-strip"
        role="slider"
        tabIndex={0}
        aria-label="Availability, bar by bar; Enter looks closer"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, bins.length - 1)}
        aria-valuenow={pointed ?? 0}
        aria-valuetext={bin === undefined ? 'No time chosen' : told(bin)}
        onPointerMove={(event) => setPointed(placeAt(event, bins.length))}
        onPointerDown={(event) => setPointed(placeAt(event, bins.length))}
        onPointerLeave={() => setPointed(null)}
        onBlur={() => setPointed(null)}
        onClick={closer}
        onKeyDown={(event) => {
          const next = moved(event.key, pointed, bins.length)
          if (next !== null) {
            event.preventDefault()
            setPointed(next)
          } else if (event.key === 'Enter') {
            closer()
          } else if (event.key === 'Escape') {
            setPointed(null)
          }
        }}
      >
        <svg
          viewBox={`0 0 ${bins.length * PITCH - 1} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {bins.map((each, index) => (
            <Bar key={each.from_s} bin={each} x={index * PITCH} />
          ))}
          {pointed !== null && (
            <rect class="site-strip-mark" x={pointed * PITCH - 0.5} width={PITCH} height={HEIGHT} />
          )}
        </svg>
      </div>
      <div class="site-strip-ends number">
        <span>{span(series.from_ms / 1000, series.from_ms / 1000)}</span>
        <span>{span(series.to_ms / 1000, series.to_ms / 1000)}</span>
      </div>
    </section>
  )
}

/** As in the strips of runs: up is two thirds high, down the whole, missed a mark on the ground. */
function Bar({ bin, x }: { bin: Bin; x: number }) {
  const width = PITCH - 1
  const missed = bin.missed > 0 ? MISSED : 0
  return (
    <>
      {missed > 0 && (
        <rect class="site-bar-missed" x={x} y={HEIGHT - missed} width={width} height={missed} />
      )}
      <Ran bin={bin} x={x} width={width} ground={missed > 0 ? HEIGHT - missed - GAP : HEIGHT} />
    </>
  )
}

/** What the runs of a bin came to, down to the ground or to the mark of what was missed. */
function Ran({ bin, x, width, ground }: { bin: Bin; x: number; width: number; ground: number }) {
  switch (bin.state) {
    case 'up':
      return <rect class="site-bar-up" x={x} y={8} width={width} height={ground - 8} />
    case 'down':
      return <rect class="site-bar-down" x={x} y={0} width={width} height={ground} />
    case 'missed':
      return null
    case 'none':
      return <rect class="site-bar-none" x={x} y={23} width={width} height={1} />
    case 'mixed': {
      // One failure among many runs is still seen.
      const red = Math.max(4, (bin.failed / bin.runs) * (ground - GAP))
      return (
        <>
          <rect class="site-bar-down" x={x} y={0} width={width} height={red} />
          <rect class="site-bar-up" x={x} y={red + GAP} width={width} height={ground - red - GAP} />
        </>
      )
    }
  }
}

function told(bin: Bin): string {
  const share = shareUp(bin.runs, bin.failed)
  const up = share === null ? '' : ` (${percent(share)})`
  return `${span(bin.from_s, bin.to_s)}: ${inWords(bin)}${up}`
}

function placeAt(event: PointerEvent, count: number): number | null {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
  const place = Math.floor(((event.clientX - box.left) / Math.max(1, box.width)) * count)
  return place < 0 || place >= count ? null : place
}
