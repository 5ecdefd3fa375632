// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { SiteDefinition } from '../../api/types'
import { fieldOf, isTree, same, scalarText, type Path, type Tree } from './definition'

/** A field in which two definitions differ; null where it is not there. */
interface Difference {
  field: string
  theirs: string | null
  mine: string | null
}

export function differences(theirs: unknown, mine: unknown, path: Path = []): Difference[] {
  if (same(theirs, mine)) {
    return []
  }
  if (isTree(theirs) && isTree(mine)) {
    return names(theirs, mine).flatMap((name) =>
      differences(theirs[name], mine[name], [...path, name]),
    )
  }
  return [{ field: fieldOf(path), theirs: inText(theirs), mine: inText(mine) }]
}

/** Theirs, with what was changed here since both began from the same. */
export function merged(
  base: SiteDefinition,
  theirs: SiteDefinition,
  mine: SiteDefinition,
): SiteDefinition {
  const all = merge(base, theirs, mine) as Tree
  return { ...all, id: theirs.id, endpoint: scalarText(all['endpoint']) }
}

function merge(base: unknown, theirs: unknown, mine: unknown): unknown {
  if (same(mine, base)) {
    return theirs
  }
  if (!isTree(theirs) || !isTree(mine)) {
    return mine
  }
  const before = isTree(base) ? base : {}
  return Object.fromEntries(
    names(theirs, mine)
      .map((name) => [name, merge(before[name], theirs[name], mine[name])] as const)
      .filter(([, value]) => value !== undefined),
  )
}

function names(one: Tree, other: Tree): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
}

function inText(value: unknown): string | null {
  return value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value)
}
