import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, expectNoAxeViolations, test } from './browser.ts'
import { claimsFeed, copiedProject, newFolder, publishedWorkspace, runAgain } from './feeds.ts'

const runs = 10
const companies = ['11-1111111', '22-2222222', '33-3333333']

/** What run number `run` is delivered; the last one brings amounts eight times as high, and changes twelve claims of the day before. */
function claimsOf(run: number): string {
  const day = (number: number) => `2022-03-${String(number).padStart(2, '0')}`
  const factor = run === runs ? 8 : 1
  const claims = Array.from({ length: 60 }, (_unused, index) => {
    const amount = (100 + ((index * 37 + run * 11) % 50) + index) * factor
    const type = index % 4 === 0 ? 'Dental' : 'Medical'
    return `C${run}-${index},${companies[index % 3]},${day(run)},${amount}.00,${type}`
  })
  const changed = Array.from(
    { length: run === runs ? 12 : 0 },
    (_unused, index) => `C${run - 1}-${index},11-1111111,${day(run - 1)},${999 + index}.00,Vision`,
  )
  return claimsFeed([...claims, ...changed])
}

const projectFolder = copiedProject()
let address = ''

// All tests look at the same ten runs, and the later ones at what the earlier ones did.
test.describe.configure({ mode: 'default' })

test.beforeAll(async ({ serveToAll }) => {
  const workspace = newFolder('compare')
  for (let run = 1; run <= runs; run += 1) {
    await runAgain(claimsOf(run), workspace, projectFolder, `2022-03-${String(run).padStart(2, '0')}`)
  }
  address = await serveToAll(workspace, { projectFolder })
})

async function choosesTheme(page: Page, theme: string): Promise<void> {
  await page.evaluate((chosen) => {
    document.documentElement.dataset['theme'] = chosen
  }, theme)
}

async function expectNoAxeViolationsInAnyTheme(page: Page): Promise<void> {
  for (const theme of ['light', 'dark', 'contrast']) {
    await choosesTheme(page, theme)
    await expectNoAxeViolations(page)
  }
  await choosesTheme(page, 'light')
}

test('from the verdict to a metric, its column, and the changed cells', async ({ page }) => {
  await page.goto(`${address}#/runs`)
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(page.locator('.verdict')).toContainText('Unusual.')
  await expect(page.locator('.verdict')).toContainText('claims.amount')
  const differences = page.getByRole('grid', { name: 'Differences' })
  const first = differences.getByRole('row').nth(1)
  await expect(first).toContainText('claims · amount')
  await expect(first).toContainText('+671.8%')
  await expect(page.getByRole('link', { name: 'Compare', exact: true })).toHaveAccessibleDescription(/\d+ unusual/)
  await expectNoAxeViolationsInAnyTheme(page)

  // A row opens its metric: one control for all runs, by arrows.
  await first.getByText('claims · amount').click()
  await expect(page).toHaveURL(/metric=mean/)
  const series = page.getByRole('slider', { name: 'Mean of claims.amount, as delivered, run by run' })
  await expect(series).toHaveAttribute(
    'aria-valuetext',
    /^Run 10, 2022-03-10: 1,196\.31, expected 1.* unusual, \d+\.\d×$/,
  )
  await series.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('region', { name: 'Run 9' })).toContainText('155.00')
  await page.getByRole('button', { name: 'Data as table' }).click()
  await expect(page.getByRole('table', { name: 'Mean of claims.amount, as delivered' })).toContainText('1,196.31')
  await expectNoAxeViolationsInAnyTheme(page)

  await page.getByRole('link', { name: 'Values of amount' }).click()
  const spread = page.getByRole('figure', { name: 'Rows by amount' })
  await expect(spread).toContainText('Run 9: 60 rows')
  await expect(spread.getByRole('img', { name: 'Rows by amount, before and after' })).toBeVisible()
  await spread.getByRole('button', { name: 'Data as table' }).click()
  await expect(spread.getByRole('table', { name: 'Rows by amount' })).toContainText('112.64')
  await expect(page.getByRole('table', { name: 'Distances' })).toContainText('Population stability index')
  await expectNoAxeViolationsInAnyTheme(page)

  // Its relation, and the rows behind it: both sides add up.
  await page.getByRole('link', { name: 'Back to claims' }).click()
  const columns = page.getByRole('grid', { name: 'Columns of claims' })
  await expect(columns.getByRole('row').filter({ hasText: 'amount' })).toContainText('154.15279.63')
  await page.getByRole('tab', { name: 'Summary' }).click()
  await expect(page.getByRole('region', { name: 'Rows', exact: true })).toContainText('60 inserted, 12 updated')
  await expect(page.getByRole('table', { name: 'Rows by company' })).toContainText('33-3333333')
  await expectNoAxeViolationsInAnyTheme(page)
  await page.goto(`${address}#/compare/stg_claims?tab=rows`)
  const sums = page.getByRole('table', { name: 'Rows by class' })
  await expect(sums.getByRole('row', { name: 'Run 9 540 528 12 0 0 0' })).toBeVisible()
  await expect(sums.getByRole('row', { name: 'Run 10 600 528 12 60 0 0' })).toBeVisible()
  await page.getByRole('combobox', { name: 'Changed column' }).selectOption('amount (12)')
  const grid = page.getByRole('grid', { name: 'Row by row: stg_claims' })
  const row = grid.getByRole('row').filter({ hasText: 'C9-0' })
  await expect(row).toContainText(/changed from 1\d\d\.00→ to 999\.00/)
  await expect(grid).not.toContainText('Added')
  await expectNoAxeViolationsInAnyTheme(page)

  // And from the row to the file it came in.
  await row.getByText('C9-0').click()
  await expect(page.getByRole('complementary', { name: 'Where from' })).toContainText('claims.csv')
})

test('labels: by the menu, by the key with a reason, for the whole run, and taken back', async ({ page }) => {
  await page.goto(`${address}#/compare`)
  const differences = page.getByRole('grid', { name: 'Differences' })
  const first = differences.getByRole('row').nth(1)
  const link = page.getByRole('link', { name: 'Compare', exact: true })
  const words = (await page.locator('#count-compare .visually-hidden').textContent()) ?? ''
  const unusual = Number.parseInt(words, 10)
  const counted = (count: number) => `${count} unusual differences`

  await first.getByRole('button', { name: /^Label: Mean of claims · amount in run 10/ }).click()
  await expectNoAxeViolations(page)
  await page.getByRole('menuitem', { name: 'Incident' }).click()
  await expect(first).toContainText('Incident')
  await expect(link).toHaveAccessibleDescription(counted(unusual - 1))
  await page.getByRole('button', { name: 'Take it back' }).click()
  await expect(first).not.toContainText('Incident')
  await expect(link).toHaveAccessibleDescription(counted(unusual))

  // By keys alone: to the second row, its label with a reason.
  await first.getByText('claims · amount').focus()
  await first.getByRole('gridcell').first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('l')
  const dialog = page.getByRole('dialog', { name: 'Label' })
  await expect(dialog).toContainText('in run 10')
  await expectNoAxeViolations(page)
  await dialog.getByRole('radio', { name: /^Expected change/ }).check()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('the prices of the new year')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'in run 10: Expected change.' })).toBeVisible()
  // What is expected is no longer unusual, and makes room for the next.
  await expect(differences.getByRole('row').nth(2)).not.toContainText('third_quartile')
  await expect(link).toHaveAccessibleDescription(counted(unusual - 1))

  await page.getByRole('button', { name: /^Label run 10/ }).click()
  await page.getByRole('menuitem', { name: 'Clean' }).click()
  await expect(page.locator('.verdict')).toContainText('Clean')
  await page.getByRole('button', { name: /^Clean: Run 10/ }).click()
  await page.getByRole('menuitem', { name: 'No label' }).click()
  await expect(page.getByRole('button', { name: /^Label run 10/ })).toBeVisible()

  // A value of an earlier run, on its metric's page.
  await page.goto(`${address}#/compare/claims?metric=mean&scope=delivered&column=amount`)
  await page.getByRole('slider').focus()
  await page.keyboard.press('Home')
  await page.getByRole('button', { name: /^Label this value/ }).click()
  await page.getByRole('menuitem', { name: 'Expected change' }).click()
  await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', /^Run 1, .*Expected change/)
})

test('other runs, row counts and schema; what is shown says when a newer run was published', async ({ page }) => {
  await page.goto(`${address}#/compare`)
  await page.getByRole('combobox', { name: 'Before' }).selectOption({ label: 'Run 7 · 2022-03-07' })
  await page.getByRole('combobox', { name: 'After' }).selectOption({ label: 'Run 9 · 2022-03-09' })
  await page.getByRole('button', { name: 'Compare runs' }).click()
  await expect(page).toHaveURL(/a=7&b=9/)
  await page.getByRole('tab', { name: 'Row counts' }).click()
  const counts = page.getByRole('grid', { name: 'Row counts' })
  const claims = counts.getByRole('row').filter({ hasText: /^claims/ })
  await expect(claims).toContainText('+120')
  await expect(claims).toContainText('+28.6%')
  await expect(claims).toContainText('120 inserted')
  await expectNoAxeViolationsInAnyTheme(page)
  await page.getByRole('tab', { name: 'Schema' }).click()
  await expect(page.getByRole('heading', { name: 'The columns are the same' })).toBeVisible()
  await page.getByRole('link', { name: 'Compare it with the run before it' }).click()
  await expect(page.getByRole('combobox', { name: 'After' })).toHaveValue('10')

  await page.goto(`${address}#/models`)
  await expect(page.getByRole('img', { name: 'Rows in the last 10 runs: 60 to 600, now 600' }).first()).toBeVisible()
  await expectNoAxeViolations(page)
  await page.goto(`${address}#/runs`)
  await expect(page.getByRole('img', { name: /^Rows in the last 10 runs/ })).toBeVisible()
})

test('a suggested check is added to the project', async ({ page }) => {
  await page.goto(`${address}#/compare?tab=suggestions`)
  const offers = page.getByRole('list', { name: 'Suggested checks' })
  const offer = offers.getByRole('region', { name: 'int_company_domain.company_ein' })
  await expect(offer).toContainText('The same 3 values in 10 runs.')
  await expectNoAxeViolationsInAnyTheme(page)
  await offer.getByRole('button', { name: 'Add to the project' }).click()
  const toast = page.getByRole('status').filter({ hasText: 'The check stands in' })
  await expect(toast).toBeVisible()
  await expect(offer).toHaveCount(0)
  const [, path = '', line = ''] = /stands in (\S+), line (\d+)/.exec((await toast.textContent()) ?? '') ?? []
  const lines = readFileSync(path, 'utf8').split('\n')
  expect(lines[Number(line) - 1]).toContain('accepted_values')
})

test('before there are two runs it says what to do', async ({ page, serve }) => {
  const workspace = await publishedWorkspace(claimsFeed(['C1,11-1111111,2022-01-01,5.00,Medical']))
  await page.goto(`${await serve(workspace)}#/compare`)
  await expect(page.getByRole('heading', { name: 'There are not two runs to compare yet' })).toBeVisible()
  await expectNoAxeViolationsInAnyTheme(page)
})
