import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { claimsFeed, copiedProject, publishedWorkspace } from './feeds.ts'
import { expect, expectNoAxeViolations, test } from './browser.ts'

/** A copy of the built-in project in which a claim of more than 1,000 blocks the run. */
function strictProject(): string {
  const project = copiedProject()
  const path = join(project, 'models/staging/models.yml')
  const text = readFileSync(path, 'utf8')
  writeFileSync(
    path,
    text.replace(
      /(- name: stg_claims\n[\s\S]*?\n {4}data_tests:\n)/,
      '$1      - expression_is_true: { name: amount_is_small, expression: amount <= 100000 }\n',
    ),
  )
  return project
}

test('a run that a check blocked is looked at, released, and rolled back from', async ({ page, serve }) => {
  const projectFolder = strictProject()
  const workspace = await publishedWorkspace(claimsFeed(['C1,11-1111111,2022-01-01,5.00,Medical']), projectFolder)
  await page.goto(await serve(workspace, { projectFolder }))
  const main = page.getByRole('main')

  await page.getByRole('button', { name: 'Run pipeline' }).click()
  const dialog = page.getByRole('dialog', { name: 'Run pipeline' })
  await dialog
    .getByLabel('Input folder')
    .fill(claimsFeed(['C1,11-1111111,2022-01-01,5.00,Medical', 'C2,11-1111111,2022-01-02,5000.00,Medical']))
  await dialog.getByLabel('As-of date').fill('2022-12-31')
  await dialog.getByRole('button', { name: 'Run pipeline' }).click()
  await expect(page.getByRole('heading', { name: 'Run 2' })).toBeVisible()
  await expect(main.getByText('Candidate', { exact: true })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Checks of this run' })).toContainText('amount_is_small')
  await expectNoAxeViolations(page)

  // Its rows beside the published ones.
  await page.goto(`${page.url().split('#')[0] ?? ''}#/models/stg_claims`)
  const rows = page.getByRole('grid', { name: 'Rows of stg_claims' })
  await expect(rows.getByRole('row')).toHaveCount(2)
  await page.getByRole('button', { name: 'Candidate run 2' }).click()
  await expect(rows.getByRole('row')).toHaveCount(3)
  await expect(rows).toContainText('C2')
  await expectNoAxeViolations(page)

  await page.goto(`${page.url().split('#')[0] ?? ''}#/runs/2`)
  await page.getByRole('button', { name: 'Release' }).click()
  const release = page.getByRole('dialog', { name: 'Release run 2' })
  await expect(release.getByRole('button', { name: 'Release' })).toBeDisabled()
  await release.getByLabel('Reason').fill('a real bill')
  await release.getByRole('button', { name: 'Release' }).click()
  await expect(main.getByText('Current', { exact: true })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Rollbacks and releases' })).toContainText('a real bill')

  await page.getByRole('button', { name: 'Roll back' }).click()
  const rollBack = page.getByRole('dialog', { name: 'Roll back' })
  await expect(rollBack.getByLabel('Run')).toHaveValue('1')
  await rollBack.getByLabel('Reason').fill('it was not')
  await expectNoAxeViolations(page)
  await rollBack.getByRole('button', { name: 'Roll back' }).click()
  await expect(main.getByText('Rolled back', { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Roll forward' })).toBeVisible()

  await page.getByRole('link', { name: 'Runs' }).click()
  await expect(page.getByRole('table', { name: 'Rollbacks and releases' })).toContainText('it was not')
  await expect(page.getByRole('table', { name: 'Runs' }).getByRole('row', { name: /Run 1/ })).toContainText('Current')
  await expectNoAxeViolations(page)
})
