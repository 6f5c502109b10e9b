import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { publishedWorkspace, sampleFeeds } from './feeds.ts'
import { expect, expectNoAxeViolations, test } from './browser.ts'

test('from the picture to a model: rows, SQL, checks, columns and files', async ({ page, serve }) => {
  const workspace = await publishedWorkspace(await sampleFeeds(2000))
  await page.goto(await serve(workspace))
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  const picture = page.getByRole('list', { name: 'Models and sources' })
  const node = picture.getByRole('link', { name: /^stg_claims/ })
  await expect(node).toContainText('Passed')
  await expectNoAxeViolations(page)
  await node.focus()
  await page.keyboard.press('Enter')

  // Rows, sorted in SQL by a click on the header, and the address keeps it.
  const grid = page.getByRole('grid', { name: 'Rows of stg_claims' })
  const amount = grid.locator('[role=row][row-index="0"] [role=gridcell][col-id="amount"]')
  await expect(amount).toHaveText(/^[\d,]+\.\d\d$/)
  await grid.getByRole('columnheader', { name: 'amount' }).click()
  await grid.getByRole('columnheader', { name: 'amount' }).click()
  await expect(page).toHaveURL(/sort=amount%3Adesc/)
  const largest = await amount.innerText()
  await expectNoAxeViolations(page)

  // A filter in SQL, by the keyboard.
  const filter = page.getByRole('form', { name: 'Filter the rows' })
  await filter.getByLabel('Column').selectOption('amount')
  await filter.getByLabel('Comparison').selectOption('at_least')
  await filter.getByLabel('Value').fill(largest.replaceAll(',', ''))
  await page.keyboard.press('Enter')
  await expect(page.getByText(/of [\d,]+ rows match/)).toBeVisible()
  await expect(amount).toHaveText(largest)
  await page.reload()
  await expect(page.getByText(/of [\d,]+ rows match/)).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page.getByText(/of [\d,]+ rows match/)).toHaveCount(0)

  await page.getByRole('tab', { name: 'SQL' }).click()
  await expect(page.getByRole('region', { name: 'SQL as written' })).toContainText('{{')
  await page.getByRole('radio', { name: 'Compiled' }).check()
  await expect(page.getByRole('region', { name: 'SQL as compiled' })).not.toContainText('{{')
  await expectNoAxeViolations(page)

  await page.getByRole('tab', { name: 'SQL' }).press('ArrowRight')
  await expect(page.getByRole('table', { name: 'Checks' })).toContainText('stg_claims.claim_id.unique')
  await page.getByRole('tab', { name: 'History' }).click()
  await expect(page.getByRole('table', { name: 'History' })).toContainText('Run 1')
  await page.getByRole('tab', { name: 'Columns' }).click()
  await expect(page.getByRole('table', { name: 'Columns' })).toContainText('money')
  await expectNoAxeViolations(page)

  await page.getByRole('button', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export stg_claims' })
  await dialog.getByRole('button', { name: 'Export' }).click()
  await expect(dialog.getByText('Written')).toBeVisible()
  await expectNoAxeViolations(page)
  const csv = join(workspace, 'exports', 'stg_claims.csv')
  await expect(dialog).toContainText(csv)
  expect(readFileSync(csv, 'utf8')).toMatch(/^claim_id,company_ein,/)
  const parquet = join(workspace, 'exports', 'stg_claims.parquet')
  expect(existsSync(parquet) && statSync(parquet).size > 0).toBe(true)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(picture).toBeVisible()
})

test('a model that does not exist is told, with the way back', async ({ page, serve }) => {
  const address = await serve(await publishedWorkspace(await sampleFeeds(200)))
  await page.goto(address)
  await page.goto(new URL('/#/models/no_such_model', address).href)
  await expect(page.getByRole('alert')).toContainText('no_such_model')
  await expectNoAxeViolations(page)
  await page.getByRole('link', { name: 'Back to the picture' }).click()
  await expect(page.getByRole('list', { name: 'Models and sources' })).toBeVisible()
})
