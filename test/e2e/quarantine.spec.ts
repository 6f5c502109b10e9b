import type { Page } from '@playwright/test'
import { brokenClaims, publishedWorkspace, sampleFeeds } from './feeds.ts'
import { expect, expectNoAxeViolations, test } from './browser.ts'

/** Waits until the grid has this many rows, by what it tells screen readers; the header counts as one there. */
async function expectRows(page: Page, count: number): Promise<void> {
  const grid = page.getByRole('grid', { name: 'Quarantined rows' })
  await expect(grid).toHaveAttribute('aria-rowcount', String(count + 1))
}

test('from a facet to the bad cell, with the keyboard alone', async ({ page, serve }) => {
  await page.goto(await serve(await publishedWorkspace(sampleFeeds(2000))))
  await page.keyboard.press('g')
  await page.keyboard.press('q')
  await expect(page.getByRole('heading', { name: 'Quarantine' })).toBeVisible()
  const grid = page.getByRole('grid', { name: 'Quarantined rows' })
  await expect(grid.getByRole('gridcell').first()).toBeVisible()

  // The count beside the link is the count of the list, and no part of the link's name.
  const held = Number((await page.getByText(/^\d+ rows$/).innerText()).split(' ')[0])
  await expectRows(page, held)
  const link = page.getByRole('navigation').getByRole('link', { name: 'Quarantine', exact: true })
  await expect(link).toHaveAccessibleDescription(`${held} rows held back`)
  await expectNoAxeViolations(page)

  // F6 leads from the navigation to the facets; Space chooses one.
  await link.focus()
  await page.keyboard.press('F6')
  await expect(page.getByRole('checkbox', { name: /^Open/ })).toBeFocused()
  await page
    .getByRole('checkbox', { name: /^claims/ })
    .first()
    .press('Space')
  await expect(page).toHaveURL(/source=claims/)
  await expect(page.getByRole('status').filter({ hasText: ' of ' })).toBeVisible()
  await page.getByRole('checkbox', { name: /^amount: negative/ }).press('Space')
  const negative = await page
    .getByRole('checkbox', { name: /^amount: negative/ })
    .locator('..')
    .innerText()
  const matching = Number(/\d+$/.exec(negative)?.[0])
  await expect(page.getByText(`${matching} of ${held} rows`)).toBeVisible()
  await expectRows(page, matching)

  // F6 again leads into the grid; Enter opens the row, the arrows take the pane along, Escape closes it.
  await page.keyboard.press('F6')
  await page.keyboard.press('F6')
  await grid.getByRole('gridcell').first().focus()
  await page.keyboard.press('Enter')
  const pane = page.getByRole('complementary', { name: 'Row' })
  await expect(pane.getByRole('region', { name: 'Reasons' })).toContainText('amount: negative')
  await expect(pane.locator('mark')).toContainText(/[-(]/)
  await expect(pane.getByRole('region', { name: 'Origin' })).toContainText('run 1')
  await expectNoAxeViolations(page)
  const first = new URL(page.url()).hash
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => new URL(page.url()).hash).not.toBe(first)

  // A reload and Back keep what the address says.
  await page.reload()
  await expect(pane.getByRole('region', { name: 'Reasons' })).toContainText('amount: negative')
  await expect(page.getByRole('checkbox', { name: /^amount: negative/ })).toBeChecked()
  await page.keyboard.press('Escape')
  await expect(pane).toHaveCount(0)
})

test('searching, no match, and a bad cell told in words', async ({ page, serve }) => {
  await page.goto(await serve(await publishedWorkspace(brokenClaims(40))))
  await page.getByRole('link', { name: 'Quarantine' }).click()
  const grid = page.getByRole('grid', { name: 'Quarantined rows' })
  await expect(grid.getByRole('gridcell').first()).toBeVisible()
  await expectRows(page, 40)

  await page.keyboard.press('/')
  await page.keyboard.type('b17,')
  await expectRows(page, 1)
  const bad = grid.getByRole('gridcell').filter({ hasText: '2022-13-01' })
  await expect(bad).toHaveText(/2022-13-01, .+/)
  await bad.click()
  const pane = page.getByRole('complementary', { name: 'Row' })
  await expect(pane.locator('mark')).toContainText('2022-13-01')
  await expect(pane.locator('pre')).toContainText('B17,11-1111111,')

  await page.keyboard.press('/')
  await page.keyboard.type('nowhere')
  await expect(page.getByRole('heading', { name: 'No row matches' })).toBeVisible()
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expectRows(page, 40)
})

test('selected rows are copied as tab-separated text, as they are seen', async ({ page, serve, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(await serve(await publishedWorkspace(brokenClaims(10))))
  await page.getByRole('link', { name: 'Quarantine' }).click()
  const grid = page.getByRole('grid', { name: 'Quarantined rows' })
  await grid.getByRole('gridcell', { name: 'claims.csv:2', exact: true }).click()
  await grid.getByRole('gridcell', { name: 'claims.csv:4', exact: true }).click({ modifiers: ['Shift'] })
  await page.keyboard.press('Control+c')
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[0]?.split('\t').slice(0, 4)).toEqual(['claims.csv:2', 'Open', 'claims', '11-1111111'])
})

test('a quarter of a million rows stay at hand', async ({ page, serve }) => {
  const workspace = await publishedWorkspace(brokenClaims(250_000))
  await page.goto(await serve(workspace))
  await page.getByRole('link', { name: 'Quarantine' }).click()
  const grid = page.getByRole('grid', { name: 'Quarantined rows' })
  await expect(grid.getByRole('gridcell').first()).toBeVisible()
  await expectRows(page, 250_000)

  // Few rows are drawn, wherever one stands; the last one is fetched without those before it.
  await grid.getByRole('gridcell').first().click()
  // Escape closes the row that the click opens; pressed before it is open, the row would open later and scroll the grid back to it.
  const pane = page.getByRole('complementary', { name: 'Row' })
  await expect(pane).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(pane).toBeHidden()
  // Before the focus is back in the grid, no key is for the grid.
  await expect(grid.getByRole('gridcell').first()).toBeFocused()
  const pages: string[] = []
  page.on('request', (request) => {
    const asked = request.postData() ?? ''
    if (asked.includes('"quarantine.list"')) pages.push(asked)
  })
  await page.keyboard.press('Control+End')
  const last = grid.getByRole('gridcell', { name: 'claims.csv:250001', exact: true })
  await expect(last).toBeFocused()
  expect(await grid.getByRole('row').count()).toBeLessThan(150)
  expect(pages.length).toBeGreaterThan(0)
  expect(pages.length, pages.join('\n')).toBeLessThanOrEqual(5)
  await page.keyboard.press('Control+Home')
  await expect(grid.getByRole('gridcell', { name: 'claims.csv:2', exact: true })).toBeFocused()
})

test('nothing held back is said as such', async ({ page, serve }) => {
  await page.goto(await serve(await publishedWorkspace(brokenClaims(0))))
  await page.getByRole('link', { name: 'Quarantine' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing is held back' })).toBeVisible()
  await expectNoAxeViolations(page)
})
