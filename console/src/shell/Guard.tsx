// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { Component, type ComponentChildren } from 'preact'
import { failureOf } from '../api/failure'
import { Failed } from '../parts/Placeholder'

interface GuardState {
  failure: Error | null
}

/**
 * Says so where a page fails by itself, instead of showing nothing: also where a newer console has
 * taken the place of this one, and the page's file is gone.
 */
export class Guard extends Component<{ children: ComponentChildren }, GuardState> {
  override state: GuardState = { failure: null }

  static override getDerivedStateFromError(failure: unknown): GuardState {
    return { failure: failureOf(failure) }
  }

  override componentDidCatch(failure: unknown): void {
    console.error(failure)
  }

  render() {
    const { failure } = this.state
    return failure === null ? (
      this.props.children
    ) : (
      <Failed
        failure={new Error(`This page can't be shown (${failure.message}). Load it anew.`)}
        again={() => location.reload()}
      />
    )
  }
}
