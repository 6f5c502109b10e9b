import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import './scripts/need-node24.mjs'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          setupFiles: ['test/helpers/same-sequences.ts'],
          environment: 'node',
          // Deadlines catch what hangs and nothing else: a loaded machine may be many times slower than this one.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 60_000 } },
          // What processes that tests start compile is kept for the next ones, as the command line keeps it.
          env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('./node_modules/.cache/compiled', import.meta.url)) },
          // A process of its own for each file: the tests fork engines and jobs, and better-sqlite3 is native code.
          pool: 'forks',
        },
      },
    ],
    maxWorkers: 2,
    allowOnly: false,
  },
})
