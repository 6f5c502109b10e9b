import { defineConfig } from '@playwright/test'
import './scripts/need-node24.mjs'

export default defineConfig({
  testDir: 'test/e2e',
  // Each with a browser, an engine and a workspace of its own; two take three quarters of the time of one after the other.
  workers: 2,
  // A long file is shared between the workers; one whose tests share a workspace says so.
  fullyParallel: true,
  // Deadlines catch what hangs and nothing else: a loaded machine may be many times slower than this one.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  // scripts/run-tests.ts runs what failed once more, and names it.
  retries: 0,
  forbidOnly: true,
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 60_000,
    // Making one takes a quarter of the processor; `npm run e2e -- --trace on` where a screenshot and the page as text do not tell enough.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
})
