import { test as base, chromium, expect } from '@playwright/test'
import type { BrowserContext, Page } from '@playwright/test'
import { chromiumOptions } from '../helpers/chromium.ts'
import { startServe } from '../helpers/start-serve.ts'
import type { ServeOptions } from '../helpers/start-serve.ts'

type Serve = (workspaceFolder: string, options?: ServeOptions) => Promise<string>

interface TestFixtures {
  /** Starts `assay serve` on a workspace and gives its address; it is stopped after the test. */
  serve: Serve
}

interface WorkerFixtures {
  /** The same for what several tests of a file use: it is stopped when all tests are done. */
  serveToAll: Serve
  /** Waits for what was stopped, so that no test waits for it. */
  stopped: Promise<void>[]
}

/** Playwright's `test` on our Chromium. A test whose page logs an error or whose request fails, fails. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  browser: [
    async ({}, use) => {
      const browser = await chromium.launch(await chromiumOptions())
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
  context: async ({ context }, use) => {
    const problems = collectProblems(context)
    await use(context)
    expect(problems, 'console errors and failed requests').toEqual([])
  },
  page: async ({ page }, use) => {
    const goto = page.goto.bind(page)
    page.goto = async (...address) => {
      const response = await goto(...address)
      // Keys are heard from when the workbench stands.
      await page.getByRole('navigation', { name: 'Screens' }).waitFor()
      return response
    }
    await use(page)
  },
  stopped: [
    async ({}, use) => {
      const stopped: Promise<void>[] = []
      await use(stopped)
      await Promise.all(stopped)
    },
    { scope: 'worker' },
  ],
  serve: ({ stopped }, use) => serveDuring(use, stopped),
  serveToAll: [({ stopped }, use) => serveDuring(use, stopped), { scope: 'worker' }],
})

/** Idle engines beside the tests to come would cost them memory and time. */
async function serveDuring(use: (serve: Serve) => Promise<void>, stopped: Promise<void>[]): Promise<void> {
  const stops: (() => Promise<void>)[] = []
  await use(async (workspaceFolder, options = {}) => {
    const { url, stop } = await startServe(workspaceFolder, options)
    stops.push(stop)
    return url
  })
  stopped.push(...stops.map((stop) => stop()))
}

function collectProblems(context: BrowserContext): readonly string[] {
  const problems: string[] = []
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) => problems.push(`uncaught: ${error.error().message}`))
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'no reason'
    // What the page itself called off (it went elsewhere, the question was outdated) is no failure.
    if (reason !== 'net::ERR_ABORTED') problems.push(`request: ${request.method()} ${request.url()}: ${reason}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 400) problems.push(`response: ${response.status()} ${response.url()}`)
  })
  return problems
}

/** Waits until a page has what it asked for. (That no request is under way is not told where a page shows another in a frame.) */
export async function expectSettled(page: Page): Promise<void> {
  const answers = () => page.evaluate(() => performance.getEntriesByType('resource').length)
  await expect(page.locator('.skeleton')).toHaveCount(0)
  await expect(async () => {
    const before = await answers()
    await page.waitForTimeout(200)
    expect(await answers()).toBe(before)
  }).toPass()
}

export { expect } from '@playwright/test'
export { expectNoAxeViolations } from './axe.ts'
