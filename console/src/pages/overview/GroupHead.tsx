// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { Group } from './arrange'

/** The head of a group; pressing it folds the group, except for the sites that need somebody. */
export function GroupHead({ group, onFold }: { group: Group; onFold: (name: string) => void }) {
  const { name } = group
  const count = counted(group)
  if (name === null) {
    return (
      <span class="overview-group overview-group-attention">
        <b>{titled(name)}</b>
        <span class="overview-soft">{count}</span>
      </span>
    )
  }
  return (
    <button
      type="button"
      class="overview-group"
      aria-expanded={!group.folded}
      onClick={() => onFold(name)}
    >
      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
        <path
          d={group.folded ? 'M6 3l5 5-5 5' : 'M3 6l5 5 5-5'}
          fill="none"
          stroke="currentColor"
          stroke-width="2"
          stroke-linecap="round"
        />
      </svg>
      <b dir="auto">{titled(name)}</b>
      <span class="overview-soft">{count}</span>
      {group.failing > 0 && (
        <span class="overview-failing">
          {group.failing} failing{group.above > 0 ? ', shown above' : ''}
        </span>
      )}
    </button>
  )
}

/** The same for the eye alone, while the head itself is scrolled away. */
export function Pinned({ group }: { group: Group }) {
  return (
    <div class="overview-pinned" aria-hidden="true">
      <span class="overview-group">
        <b dir="auto">{titled(group.name)}</b>
        <span class="overview-soft">{counted(group)}</span>
      </span>
    </div>
  )
}

function titled(name: string | null): string {
  return name === null ? 'Needs attention' : name === '' ? 'No group' : name
}

function counted({ total }: Group): string {
  return `${total} ${total === 1 ? 'site' : 'sites'}`
}
