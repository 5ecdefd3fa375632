// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { defineConfig } from 'vitest/config'

// Relative addresses: the same files work at a server's root and below any path of a bucket.
export default defineConfig({
  base: './',
  build: {
    outDir: 'target/site',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    // With the Host that the browser sees: Weir refuses changes that come from another origin.
    proxy: {
      '/api': { target: process.env['WEIR'] ?? 'http://127.0.0.1:9201', changeOrigin: false },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['test/**/*.test.{ts,tsx}'],
    reporters: ['default', 'junit'],
    outputFile: { junit: 'target/surefire-reports/TEST-console.xml' },
  },
})
