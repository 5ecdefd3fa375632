// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

// Builds the console for Maven: packages where the lock file is new, types, lint and tests, the
// bundle, and what the server needs beside it (gzip of each file, a list of all). What was built
// from the same sources before is left as it is.
//
//   node scripts/build.mjs [--tests=false...]   anything with "true" in it skips types, lint, tests

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const site = join(root, 'target', 'site')
const NODE_MIN = [20, 19]
const PACKED_BYTES_MIN = 1024

/** All scripts and style sheets together, gzipped: what somebody on a slow line waits for at most. */
const BUNDLE_BYTES_MAX = 150_000

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < NODE_MIN[0] || (major === NODE_MIN[0] && minor < NODE_MIN[1])) {
  console.error(
    `the console needs Node ${NODE_MIN.join('.')} or newer; this is ${process.versions.node}`,
  )
  process.exit(1)
}

const skipsTests = process.argv.some((each) => each.startsWith('--tests=') && each.includes('true'))

install()
once('checked', skipsTests, () => {
  npx('tsc', '--noEmit')
  npx('eslint', '--max-warnings=0', '.')
  npx('prettier', '--check', '--log-level=warn', '.')
  npx('vitest', 'run')
})
once('built', false, () => {
  npx('vite', 'build')
  finish()
})

function install() {
  const lock = hash([join(root, 'package-lock.json'), join(root, 'package.json')])
  const stamp = join(root, 'node_modules', '.installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) {
    return
  }
  run('npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error')
  writeFileSync(stamp, lock)
}

/** Runs a step unless it has been done for these very sources. */
function once(name, skipped, step) {
  if (skipped) {
    return
  }
  const stamp = join(root, 'target', name)
  const sources = hash(files(root))
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) {
    return
  }
  step()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, sources)
}

function finish() {
  const names = files(site).map((file) => relative(site, file).split(sep).join('/'))
  let bundle = 0
  for (const name of names) {
    const bytes = readFileSync(join(site, name))
    bundle += /\.(js|css|html)$/.test(name) ? gzipSync(bytes, { level: 9 }).length : 0
    if (bytes.length >= PACKED_BYTES_MIN) {
      // No time of day in it: the same sources give the same bytes.
      writeFileSync(join(site, name + '.gz'), gzipSync(bytes, { level: 9 }))
    }
  }
  console.log(`the console has ${bundle} bytes gzipped, of ${BUNDLE_BYTES_MAX} that it may have`)
  if (bundle > BUNDLE_BYTES_MAX) {
    process.exit(1)
  }
  writeFileSync(join(site, 'files.txt'), names.sort().join('\n') + '\n')
}

function files(folder) {
  return readdirSync(folder)
    .filter((name) => !['node_modules', 'target', 'README.md'].includes(name))
    .flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory() ? files(path) : [path]
    })
    .sort()
}

function hash(paths) {
  const digest = createHash('sha256')
  for (const path of paths) {
    digest.update(relative(root, path)).update(readFileSync(path))
  }
  return digest.digest('hex')
}

function npx(tool, ...args) {
  const script = {
    tsc: 'typescript/bin/tsc',
    eslint: 'eslint/bin/eslint.js',
    prettier: 'prettier/bin/prettier.cjs',
    vite: 'vite/bin/vite.js',
    vitest: 'vitest/vitest.mjs',
  }[tool]
  run(process.execPath, join(root, 'node_modules', script), ...args)
}

function run(program, ...args) {
  try {
    execFileSync(program, args, { cwd: root, stdio: 'inherit' })
  } catch (failure) {
    console.error(failure.code === 'ENOENT' ? `${program} is not there` : `${args[0]} failed`)
    process.exit(1)
  }
}
