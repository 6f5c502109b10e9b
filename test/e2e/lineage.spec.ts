import { expect, expectNoAxeViolations, test } from './browser.ts'
import { publishedWorkspace, sampleFeeds } from './feeds.ts'

test('from a mart row to the record as it was delivered and back, by the keyboard', async ({ page, serve }) => {
  const address = await serve(await publishedWorkspace(sampleFeeds(2000)))
  await page.goto(address)
  await page.goto(new URL('/#/models/fct_claims_rolling_90d', address).href)
  const grid = page.getByRole('grid', { name: 'Rows of fct_claims_rolling_90d' })
  const first = grid.locator('[role=row][row-index="0"] [role=gridcell]').first()
  await expect(first).toHaveText(/^\d\d-\d{7}$/)

  // A click gives the grid the focus; from here on there are only keys.
  await first.click()
  const pane = page.getByRole('complementary', { name: 'Where from' })
  await expect(pane.getByRole('list', { name: 'Steps' })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/row=/)
  const claims = pane.getByRole('region', { name: 'claims made into fct_claims_rolling_90d' }).first()
  await expect(claims).toContainText(/\d rows? made into fct_claims_rolling_90d/)
  await expectNoAxeViolations(page)

  const record = pane.getByRole('link', { name: /^claims_.*:\d+$/ }).first()
  const place = await record.innerText()
  await record.focus()
  await page.keyboard.press('Enter')
  await expect(pane.getByRole('heading', { name: place })).toBeVisible()
  const table = pane.getByRole('table', { name: 'From cell to value' })
  await expect(table.getByRole('row', { name: /^claim_id/ })).toContainText('unchanged')
  await expect(pane.getByRole('region', { name: 'As delivered' })).toContainText(/C\d+/)
  await expectNoAxeViolations(page)

  // The address keeps the record; Escape goes back a step at a time, at last to the grid.
  await page.reload()
  await expect(pane.getByRole('heading', { name: place })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(pane.getByRole('list', { name: 'Steps' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(pane).toHaveCount(0)
  await expect(grid).toBeVisible()
})

test('a row upstream leads on to its own page, in the dark too', async ({ page, serve }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  const address = await serve(await publishedWorkspace(sampleFeeds(500)))
  await page.goto(address)
  await page.goto(new URL('/#/models/fct_employee_roster', address).href)
  const first = page.locator('[role=row][row-index="0"] [role=gridcell]').first()
  await expect(first).toHaveText(/./)
  await first.click()
  const pane = page.getByRole('complementary', { name: 'Where from' })
  const company = pane.getByRole('table', { name: 'Rows of int_company_enriched made into fct_employee_roster' })
  await expectNoAxeViolations(page)
  await company.getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('int_company_enriched')
  await expect(pane.getByRole('region', { name: 'This row' })).toContainText('enrichment_status')
  await expectNoAxeViolations(page)
})
