import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { claimsFeed, copiedProject, publishedWorkspace, runAgain } from './feeds.ts'
import { expect, expectNoAxeViolations, test } from './browser.ts'

/** A copy of the built-in project in which claims of more than 1,000 hold back their company, and large ones warn. */
function strictProject(): string {
  const project = copiedProject()
  const path = join(project, 'models/staging/models.yml')
  const checks = [
    'expression_is_true: { name: amount_is_small, expression: amount <= 100000, config: { per: company_ein } }',
    'expression_is_true: { name: amount_is_tiny, expression: amount <= 500, config: { severity: warn } }',
  ]
  const text = readFileSync(path, 'utf8').replace(
    /(- name: stg_claims\n[\s\S]*?\n {4}data_tests:\n)/,
    (found) => found + checks.map((check) => `      - ${check}\n`).join(''),
  )
  writeFileSync(path, text)
  return project
}

test('what a check holds back, the rows that failed it and where they came from', async ({ page, serve }) => {
  const projectFolder = strictProject()
  const first = claimsFeed(['C1,11-1111111,2022-01-01,5.00,Medical', 'D1,22-2222222,2022-01-01,4.00,Medical'])
  const workspace = await publishedWorkspace(first, projectFolder)
  const second = ['C2,11-1111111,2022-01-02,5000.00,Medical', 'D2,22-2222222,2022-01-02,6.00,Medical']
  await runAgain(claimsFeed(second), workspace, projectFolder)
  await page.goto(`${await serve(workspace, { projectFolder })}#/checks`)

  const held = page.getByRole('region', { name: 'Held back' })
  await expect(held).toContainText('company_ein 11-1111111')
  await expect(held).toContainText('its rows of run 1')
  const checks = page.getByRole('table', { name: 'Checks', exact: true })
  await expect(checks.getByRole('row').nth(1)).toContainText('amount_is_small')
  await expect(checks.getByRole('row').nth(1)).toContainText('1 of 4')
  await expect(checks.getByRole('img', { name: '2 runs, 1 not passed' })).toHaveCount(2)
  await expectNoAxeViolations(page)

  // Its failing row is held back, that of the check that warns is published: both lead to where they came from.
  await checks.getByRole('link', { name: 'amount_is_small' }).click()
  const grid = page.getByRole('grid', { name: 'Failing rows' })
  await expect(grid).toContainText('C2')
  await grid.getByRole('link', { name: 'Where from' }).click()
  await expect(page.getByRole('complementary', { name: 'Where from' })).toContainText('5,000.00')
  await page.goBack()
  await expectNoAxeViolations(page)
  await page.getByRole('link', { name: 'Back to the checks' }).click()
  await checks.getByRole('link', { name: 'amount_is_tiny' }).click()
  await grid.getByRole('link', { name: 'Where from' }).first().click()
  await expect(page).toHaveURL(/#\/models\/stg_claims\?row=/)
  await expect(page.getByRole('complementary', { name: 'Where from' })).toContainText('claims.csv')
  await page.goBack()
  await page.getByRole('button', { name: 'History' }).click()
  await expect(page.getByRole('table', { name: 'History' })).toContainText('Run 2')

  await page.getByRole('link', { name: 'Back to the checks' }).click()
  await page.getByRole('tab', { name: 'Unit tests' }).click()
  await expect(page.getByRole('table', { name: 'Unit tests' })).toContainText('gap_between_two_plans')
  await expectNoAxeViolations(page)
})
