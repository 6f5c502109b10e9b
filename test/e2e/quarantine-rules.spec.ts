import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, expectNoAxeViolations, test } from './browser.ts'
import { claimsFeed, copiedProject, publishedWorkspace } from './feeds.ts'

test('a rule is offered after three corrections alike, looked at and adopted', async ({ page, serve }) => {
  const projectFolder = copiedProject()
  const feeds = claimsFeed([1, 2, 3, 4].map((claim) => `B${claim},11-1111111,2022-03-01,10.00,Medcial`))
  const workspace = await publishedWorkspace(feeds, projectFolder)
  await page.goto(`${await serve(workspace, { projectFolder })}#/quarantine/rules`)
  await expect(page.getByRole('heading', { name: 'No rule is on offer' })).toBeVisible()
  await expectNoAxeViolations(page)

  await page.getByRole('tab', { name: 'Rows' }).click()
  const grid = page.getByRole('grid', { name: 'Quarantined rows' })
  for (const row of ['claims.csv:2', 'claims.csv:3', 'claims.csv:4']) {
    await grid.getByRole('gridcell', { name: row }).click()
    const pane = page.getByRole('complementary', { name: 'Row' })
    await expect(pane.getByRole('heading', { name: row })).toBeVisible()
    await pane.getByRole('button', { name: 'Use Medical' }).click()
    await pane.getByRole('button', { name: 'Save correction' }).click()
    await expect(pane.getByText('Waiting for a replay')).toBeVisible()
  }

  await page.getByRole('tab', { name: /^Rules.+1 offer$/ }).click()
  await expect(page.getByRole('table', { name: 'Rules on offer' })).toContainText('3 times')
  await page.getByRole('button', { name: 'Look at it' }).click()
  const dialog = page.getByRole('dialog', { name: 'Medcial becomes Medical' })
  await expect(dialog.getByText(/touched, .+ become valid$/)).toBeVisible()
  await expect(dialog.getByRole('table', { name: 'Rows that it touches' })).toContainText('claims.csv:5')
  await expectNoAxeViolations(page)
  await dialog.getByRole('button', { name: 'Adopt' }).click()
  await expect(page.getByText(/^The rule stands in .+, line \d+\.$/)).toBeVisible()
  expect(readFileSync(join(projectFolder, 'contracts/claims.yml'), 'utf8')).toContain('Medcial')
})
