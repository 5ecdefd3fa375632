// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ChartLine, ChartMark } from './model'

/** What each colour and shape stands for; lines can be put away and taken back. */
export function Legend({
  lines,
  marks,
  onToggle,
}: {
  lines: readonly ChartLine[]
  marks: readonly ChartMark[]
  onToggle?: (key: string) => void
}) {
  return (
    <ul class="chart-legend">
      {lines.map((line) => (
        <li key={line.key}>
          {onToggle === undefined || line.kind === 'area' ? (
            <span class="chart-name">
              <Swatch item={line} />
              {line.name}
            </span>
          ) : (
            <button
              type="button"
              class="chart-name"
              aria-pressed={line.hidden !== true}
              onClick={() => onToggle(line.key)}
            >
              <Swatch item={line} />
              {line.name}
            </button>
          )}
        </li>
      ))}
      {marks.map((mark) => (
        <li key={mark.key} class="chart-name">
          <Swatch item={mark} />
          {mark.name}
        </li>
      ))}
    </ul>
  )
}

/** The colour and the shape of a line or a mark. */
export function Swatch({ item }: { item: ChartLine | ChartMark }) {
  const colour = `var(${item.colour})`
  const line = 'kind' in item && item.kind !== 'area'
  const hollow = 'hollow' in item && item.hollow
  return (
    <svg class="chart-swatch" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {line ? (
        <path
          d="M0 6h12"
          stroke={colour}
          stroke-width="2"
          {...('dashed' in item && item.dashed ? { 'stroke-dasharray': '3 2' } : {})}
        />
      ) : (
        <rect
          x="1.5"
          y={'kind' in item ? 1.5 : 3.5}
          width="9"
          height={'kind' in item ? 9 : 5}
          fill={hollow ? 'none' : colour}
          stroke={colour}
        />
      )}
    </svg>
  )
}
