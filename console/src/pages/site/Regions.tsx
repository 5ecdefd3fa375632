// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { SiteSeries } from '../../api/types'
import { latency, percent, whole } from '../../parts/format'
import { Sparkline } from '../../parts/Sparkline'
import { setQuery } from '../../shell/route'
import { shareUp } from './bins'
import { Scroll } from './Scroll'

const PERCENTILES = [
  ['p50', 'latency_p50_s'],
  ['p75', 'latency_p75_s'],
  ['p90', 'latency_p90_s'],
  ['p95', 'latency_p95_s'],
  ['p99', 'latency_p99_s'],
] as const

/** The regions side by side: what each of them measured over the whole range. */
export function Regions({ series, region }: { series: SiteSeries; region: string }) {
  const all = { region: '', ...series.total, mean_s: null }
  return (
    <section class="panel" aria-labelledby="site-regions">
      <div class="site-panel-head">
        <h2 id="site-regions">By region</h2>
        <p>Each line has a scale of its own.</p>
      </div>
      <Scroll label="Table of regions">
        <table class="table site-table number">
          <thead>
            <tr>
              <th scope="col">Region</th>
              <th scope="col">Mean over time</th>
              <th scope="col">Runs</th>
              <th scope="col">Up</th>
              {PERCENTILES.map(([name]) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...series.regions, all].map((each) => (
              <tr key={each.region} class={each.region === '' ? 'site-total' : ''}>
                <th scope="row">
                  {each.region === '' ? (
                    region === '' ? (
                      'All'
                    ) : (
                      'Shown'
                    )
                  ) : (
                    <button
                      type="button"
                      class="site-link"
                      aria-pressed={region === each.region}
                      onClick={() =>
                        setQuery({ region: region === each.region ? undefined : each.region })
                      }
                    >
                      {each.region}
                    </button>
                  )}
                </th>
                <td class="site-spark">
                  {each.mean_s !== null && (
                    <Sparkline
                      values={each.mean_s.map((value) => (value === null ? null : value * 1000))}
                      label={`Mean latency of ${each.region}`}
                    />
                  )}
                </td>
                <td>{whole(each.runs)}</td>
                <td>{percent(shareUp(each.runs, each.failed))}</td>
                {PERCENTILES.map(([name, field]) => (
                  <td key={name}>{latency(each[field])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}
