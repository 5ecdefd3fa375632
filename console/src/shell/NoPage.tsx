// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import '../parts/parts.css'
import { useTitle } from './title'

/** For an address that names none. */
export function NoPage() {
  useTitle('No such page')
  return (
    <div class="placeholder">
      <h1>There is no such page</h1>
      <p>Its address may be mistyped.</p>
      <a class="button" href="#/">
        See all sites
      </a>
    </div>
  )
}
