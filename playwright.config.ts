import { defineConfig } from '@playwright/test'
import './scripts/need-node24.mjs'

export default defineConfig({
  testDir: 'test/e2e',
  // One browser and one engine at a time: these tests are about what a person sees, and a person has one machine.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // A test that passes at the second try is a finding, not a pass.
  retries: 0,
  forbidOnly: true,
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 15_000,
    // Without a film of the page: making one takes a fifth of the time, and the snapshots tell as much.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
})
