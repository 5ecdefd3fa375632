// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

// How fast the overview of a running Weir is in a browser: benchmarks/run console [URL]
//
// Each start is a new browser with nothing kept. Measured from the start of the navigation: the first
// contentful paint, the first row of a site, and all sites being there (the search answers for all).
// Then the list is scrolled from end to end, a screen at a time, and frames in which a part of it was
// empty are counted.

import { createRequire } from 'node:module'

const { chromium } = createRequire(new URL('../console/package.json', import.meta.url))('playwright-core')

const url = process.argv[2] ?? 'http://127.0.0.1:9201/'
const starts = Number(process.argv[3] ?? 7)
const program = process.env.WEIR_CHROMIUM ?? '/usr/bin/chromium'

const rows = []
let scrolled
for (let start = 0; start < starts; start++) {
  const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] })
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  const began = performance.now()
  await page.goto(url, { waitUntil: 'commit' })
  await page.waitForSelector('.overview-name', { timeout: 60_000 })
  const seen = performance.now() - began
  const inPage = await page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
    row: performance.now(),
  }))
  rows.push({ paint: inPage.paint, row: inPage.row, seen })
  if (start === starts - 1) {
    await page.waitForTimeout(3000)
    scrolled = await page.evaluate(scroll)
  }
  await browser.close()
}
const columns = ['paint', 'row', 'seen']
const titles = { paint: 'first contentful paint', row: 'first row of a site, by the page', seen: 'first row, by who waits' }
for (const column of columns) {
  const sorted = rows.map((row) => row[column] ?? NaN).sort((one, other) => one - other)
  const middle = sorted[Math.floor(sorted.length / 2)]
  console.log(
    `${titles[column].padEnd(34)} median ${middle.toFixed(0).padStart(5)} ms` +
      `   ${sorted[0].toFixed(0)} to ${sorted.at(-1).toFixed(0)} ms, ${starts} starts`,
  )
}
console.log(
  `${'scrolling'.padEnd(34)} ${scrolled.screens} screens, ${scrolled.gaps} with a gap, longest frame ${scrolled.longest.toFixed(0)} ms`,
)

/** In the page: a screen at a time; a gap is a place in the list where no row stands. */
async function scroll() {
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  let screens = 0
  let gaps = 0
  let longest = 0
  const end = () => document.documentElement.scrollHeight - innerHeight
  while (scrollY < end() - 1) {
    const before = performance.now()
    scrollBy(0, innerHeight * 0.8)
    await frame()
    await frame()
    longest = Math.max(longest, performance.now() - before)
    screens++
    for (const part of [0.3, 0.5, 0.7, 0.9]) {
      const there = document.elementFromPoint(innerWidth / 2, innerHeight * part)
      if (there?.closest('[role="row"], .overview-group, [role="rowgroup"] > *') == null) {
        gaps++
        break
      }
    }
  }
  return { screens, gaps, longest }
}
