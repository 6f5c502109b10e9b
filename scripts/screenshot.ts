import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { chromiumOptions } from '../test/helpers/chromium.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    dark: { type: 'boolean', default: false },
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '800' },
  },
})
const [url, file] = positionals
if (!url || !file) {
  console.error('usage: node scripts/screenshot.ts URL OUT.png [--dark] [--width 1280] [--height 800]')
  process.exit(2)
}

const browser = await chromium.launch(await chromiumOptions())
try {
  const page = await browser.newPage({
    colorScheme: values.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    viewport: { width: Number(values.width), height: Number(values.height) },
  })
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => console.error(`page: ${error.message}`))
  await page.goto(url)
  // Events arrive over a WebSocket that never ends, so "no request for half a second" is the sign that data is there.
  await page.waitForLoadState('networkidle')
  await page.screenshot({ path: file })
} finally {
  await browser.close()
}
