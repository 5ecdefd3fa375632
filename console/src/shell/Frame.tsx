// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import './frame.css'
import { me, mustSignIn, reachable } from '../api/client'
import { Notice } from '../parts/Notice'
import { Guard } from './Guard'
import { SignedIn } from './SignedIn'
import { SignIn } from './SignIn'
import { ThemeButton } from './ThemeButton'
import { route } from './route'
import { useMe } from './useMe'

const PAGES: [string, string, string[]][] = [
  ['#/', 'Sites', ['', 'sites', 'add', 'import']],
  ['#/explore', 'Explore', ['explore']],
  ['#/connector', 'Connector', ['connector']],
]

/** What is around every page: navigation, and what concerns the console as a whole. */
export function Frame({ children }: { children: ComponentChildren }) {
  useMe()
  useFocus(route.value.segments.join('/'))
  const first = route.value.segments[0] ?? ''
  return (
    <div class="frame">
      <header class="frame-bar">
        <a class="frame-skip" href="#page" onClick={skip}>
          Skip to the page
        </a>
        <a class="frame-mark" href="#/">
          <img src="./weir.svg" alt="" />
          Weir
        </a>
        <nav class="frame-nav" aria-label="Pages">
          {PAGES.map(([to, name, segments]) => (
            <a key={to} href={to} aria-current={segments.includes(first) ? 'page' : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <div class="frame-end">
          {me.value?.auth === 'local' && <SignedIn name={me.value.name} />}
          <ThemeButton />
        </div>
      </header>
      <main class="frame-page" id="page" tabIndex={-1}>
        <Guard key={route.value.segments.join('/')}>{children}</Guard>
      </main>
      <div class="frame-notice">
        {!reachable.value && (
          <Notice kind="warning">
            Weir does not answer. What is shown may be old; the console keeps asking.
          </Notice>
        )}
      </div>
      {mustSignIn.value && <SignIn />}
    </div>
  )
}

/** Whoever follows a link that goes with its page begins at the top of the next one. */
function useFocus(page: string) {
  const before = useRef(page)
  useEffect(() => {
    if (before.current !== page && document.activeElement === document.body) {
      document.getElementById('page')?.focus({ preventScroll: true })
    }
    before.current = page
  }, [page])
}

/** The fragment is the console's own; a link to #page would be a route. */
function skip(event: Event) {
  event.preventDefault()
  document.getElementById('page')?.focus()
}
