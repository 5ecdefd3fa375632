// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { render } from 'preact'
import './style/tokens.css'
import './style/base.css'
import { findApi, learnMe } from './api/client'
import { App } from './shell/App'

const root = document.getElementById('weir')
if (root === null) {
  throw new Error('the page has no place for the console')
}
const found = findApi()
render(<App />, root)
void found.then(learnMe).catch(() => {
  // The shell shows it, and asks again.
})
