import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from '@playwright/test'
import { expect, expectNoAxeViolations, test } from './browser.ts'
import { claimsFeed, newFolder, publishedWorkspace, runAgain, sampleFeeds } from './feeds.ts'

const benefits = resolve(import.meta.dirname, '../../resources/projects/benefits')

// All tests report on the same two runs.
test.describe.configure({ mode: 'default' })

let workspace: string

test.beforeAll(async () => {
  workspace = await publishedWorkspace(sampleFeeds(600))
  const more = Array.from(
    { length: 60 },
    (_, row) => `N${row},11-1111111,2022-11-${10 + (row % 20)},${row * 900}.00,Life`,
  )
  await runAgain(claimsFeed(['Bad,11-1111111,2022-13-01,5.00,<script>alert(1)</script>', ...more]), workspace, benefits)
})

/** Saves the report that the screen shows, and gives its path. */
async function exported(page: Page): Promise<string> {
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const path = join(newFolder('report'), 'report.html')
  await (await saving).saveAs(path)
  return path
}

test('a report is chosen, looked at, saved, and opens by itself without a network', async ({
  page,
  serve,
  browser,
}) => {
  await page.goto(`${await serve(workspace)}#/runs/2`)
  await page.getByRole('link', { name: 'Report', exact: true }).click()
  await expect(page.getByRole('link', { name: /Run 2, as of/ })).toHaveAttribute('aria-current', 'true')
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: 'Show preview' }).click()
  const preview = page.frameLocator('iframe[title="Report of run 2"]')
  await expect(preview.getByRole('heading', { level: 1 })).toHaveText('Run 2, as of 2022-12-31')
  // Its style sheet has passed the policy of the page around it.
  await expect(preview.locator('body')).toHaveCSS('max-width', '1120px')
  const path = await exported(page)
  await expect(page.getByRole('status').filter({ hasText: 'Saved as assay-report-run-2.html' })).toBeVisible()
  expect(await exported(page).then((again) => readFileSync(again, 'utf8'))).toBe(readFileSync(path, 'utf8'))

  const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 800 } })
  const requests: string[] = []
  const problems: string[] = []
  context.on('request', (request) => requests.push(request.url()))
  context.on('console', (message) => problems.push(message.text()))
  const report = await context.newPage()
  for (const colorScheme of ['light', 'dark'] as const) {
    await report.emulateMedia({ colorScheme })
    await report.goto(pathToFileURL(path).href)
    await expect(report.getByRole('table').first()).toContainText('claims')
    await expectNoAxeViolations(report)
  }
  for (const details of await report.locator('details').all()) await expect(details.locator('table')).toBeHidden()
  await report.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(report.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)')
  for (const details of await report.locator('details').all()) await expect(details.locator('table')).toBeVisible()
  await expectNoAxeViolations(report)
  // A4 with its margins at 96 dots per inch: nothing sticks out.
  await report.setViewportSize({ width: 695, height: 1000 })
  expect(await report.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(695)
  expect((await report.pdf({ format: 'A4', printBackground: true })).subarray(0, 5).toString()).toBe('%PDF-')
  expect(requests).toEqual(Array.from({ length: 2 }, () => pathToFileURL(path).href))
  expect(problems).toEqual([])
  await context.close()
})

test('personal data is masked until asked for, and tables are written beside', async ({ page, serve }) => {
  await page.goto(`${await serve(workspace)}#/reports`)
  const preview = page.frameLocator('iframe')
  await page.getByRole('checkbox', { name: 'Show personal data' }).check()
  await expectNoAxeViolations(page)
  await page.getByRole('checkbox', { name: 'Show personal data' }).uncheck()
  await page.getByRole('button', { name: 'Show preview' }).click()
  await expect(preview.getByText('Personal data is masked.')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Show personal data' }).check()
  await expect(page.getByText('Careful')).toBeVisible()
  await expect(preview.getByText('Personal data is shown: keep this file accordingly.')).toBeVisible()

  await page.getByRole('button', { name: 'Write CSV and XLSX' }).click()
  const files = page.getByRole('list', { name: 'Files written' })
  await expect(files).toContainText(join(workspace, 'exports', 'stg_claims.csv'))
  await expect(files).toContainText('stg_claims.xlsx')
  await expect(page.getByRole('button', { name: 'Save as PDF' })).toHaveCount(0)

  await page.getByRole('link', { name: /Run 1, as of/ }).click()
  await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 })).toHaveText('Run 1, as of 2022-12-31')
  await expect(page.getByText('Tables are written of the run that readers see now.')).toBeVisible()
})

test('whatever a report might hold, the frame of its preview runs no script', async ({ browser, serve }) => {
  const address = await serve(workspace)
  // A context of its own: what the browser refuses it says in the console.
  const context = await browser.newContext()
  const page = await context.newPage()
  const refusals: string[] = []
  context.on('console', (message) => refusals.push(message.text()))
  await page.goto(`${address}#/reports`)
  await page.getByRole('button', { name: 'Show preview' }).click()
  await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 })).toBeVisible()
  expect(refusals).toEqual([])
  const frame = page.frames().find((one) => one.parentFrame() !== null)
  const hasRun = await frame?.evaluate(() => {
    const inline = document.createElement('script')
    inline.textContent = 'globalThis.hasRun = true'
    const linked = document.createElement('script')
    linked.src = new URL('/assets/any.js', document.referrer || 'http://127.0.0.1').href
    document.body.append(inline, linked)
    return 'hasRun' in globalThis
  })
  expect(hasRun).toBe(false)
  await expect.poll(() => refusals.filter((text) => text.includes("'none'")).length).toBeGreaterThanOrEqual(2)
  await context.close()
})

test('an empty workspace says what to do first', async ({ page, serve }) => {
  await page.goto(`${await serve(newFolder('empty'))}#/reports`)
  await expect(page.getByRole('heading', { name: 'There is no run to report on yet' })).toBeVisible()
  await expectNoAxeViolations(page)
})
