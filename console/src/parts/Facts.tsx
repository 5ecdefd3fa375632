// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import './parts.css'

/** A name, and what it is. */
export type Fact = readonly [name: string, value: string]

/**
 * Names with their values.
 *
 * @param kind line: name and value beside each other. large: what is looked for first. grid: for
 *   narrow places, in columns
 */
export function Facts({
  facts,
  kind = 'line',
}: {
  facts: readonly Fact[]
  kind?: 'line' | 'large' | 'grid'
}) {
  return (
    <dl class={`facts facts-${kind}`}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="number">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
