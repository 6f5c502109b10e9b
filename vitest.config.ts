import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import './scripts/need-node24.mjs'

// Tests of processes, signals and the command line, which change what belongs to the whole process.
const processTests = ['test/{hosts,protocol,gate}/**/*.test.ts']

const shared = {
  setupFiles: 'test/helpers/same-sequences.ts',
  environment: 'node',
  // Kill tests, property tests and runs over real feeds are slow by nature; a hung one still ends.
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000 } },
  // What processes that tests start compile is kept for the next ones, as the command line keeps it.
  env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('./node_modules/.cache/compiled', import.meta.url)) },
  // The tests fork engines and jobs, and better-sqlite3 is native code.
  pool: 'forks',
} as const

export default defineConfig({
  test: {
    projects: [
      // Files share two processes, which load the pipeline once and keep its threads: it takes two thirds of the time.
      { test: { ...shared, name: 'unit', include: ['test/**/*.test.ts'], exclude: processTests, isolate: false } },
      { test: { ...shared, name: 'process', include: processTests } },
    ],
    maxWorkers: 2,
    allowOnly: false,
  },
})
