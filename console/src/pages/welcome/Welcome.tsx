// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import './welcome.css'
import { me } from '../../api/client'
import { ConnectPrometheus } from './ConnectPrometheus'
import { customerOf } from './first'
import { WatchSite } from './WatchSite'

/** The first visit: two ways to have something to look at within a minute. */
export function Welcome() {
  return (
    <div class="welcome">
      <header>
        <h1>Nothing is watched yet</h1>
        <p>Weir checks sites and keeps what Prometheus measures. Begin with either.</p>
      </header>
      <div class="welcome-ways">
        <section class="panel" aria-labelledby="welcome-site">
          <h2 id="welcome-site">Watch a site</h2>
          {customerOf(me.value) === null ? (
            <p>You may look at sites, but not add any. Ask somebody who is an editor.</p>
          ) : (
            <>
              <WatchSite />
              <p class="soft">
                Many of them? <a href="#/import">Import a file</a>, or{' '}
                <a href="#/add">say everything</a> about one.
              </p>
            </>
          )}
        </section>
        <section class="panel" aria-labelledby="welcome-prometheus">
          <h2 id="welcome-prometheus">Connect Prometheus</h2>
          <ConnectPrometheus />
        </section>
      </div>
    </div>
  )
}
