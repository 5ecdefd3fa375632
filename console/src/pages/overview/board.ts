// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { Change, OverviewItem, SiteState } from '../../api/types'

/** A site's name within the board. Neither part can have a slash in it. */
export function keyOf(site: { customer: string; id: string }): string {
  return `${site.customer}/${site.id}`
}

export type Counts = Record<SiteState, number>

/**
 * All sites that are known, each behind a signal of its own, so that a change of one is drawn in
 * its place and nowhere else.
 */
export class Board {
  readonly #sites = new Map<string, Signal<OverviewItem>>()
  readonly #all = signal<OverviewItem[]>([])

  site(key: string): ReadonlySignal<OverviewItem> | undefined {
    return this.#sites.get(key)
  }

  /** All sites as they are now, another array whenever one of them has become another. */
  get all(): ReadonlySignal<OverviewItem[]> {
    return this.#all
  }

  put(items: OverviewItem[]): void {
    this.#changing(() => {
      for (const item of items) {
        const known = this.#sites.get(keyOf(item))
        if (known === undefined) {
          this.#sites.set(keyOf(item), signal(item))
        } else {
          known.value = item
        }
      }
      return items.length > 0
    })
  }

  merge(change: Change): void {
    batch(() => {
      this.put(change.items ?? [])
      const removed = change.removed ?? []
      this.#changing(
        () => removed.map((site) => this.#sites.delete(keyOf(site))).filter(Boolean).length > 0,
      )
    })
  }

  /** Forgets the sites that are not among these. */
  keepOnly(keys: ReadonlySet<string>): void {
    this.#changing(() => {
      const before = this.#sites.size
      for (const key of this.#sites.keys()) {
        if (!keys.has(key)) {
          this.#sites.delete(key)
        }
      }
      return this.#sites.size < before
    })
  }

  #changing(change: () => boolean): void {
    batch(() => {
      if (change()) {
        this.#all.value = Array.from(this.#sites.values(), (each) => each.peek())
      }
    })
  }
}

export function countsOf(items: OverviewItem[]): Counts {
  const counts: Counts = { up: 0, down: 0, doubtful: 0, unknown: 0, disabled: 0, maintenance: 0 }
  for (const item of items) {
    counts[item.state]++
  }
  return counts
}
