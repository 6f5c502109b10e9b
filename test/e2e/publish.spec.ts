import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { claimsFeed, copiedProject, publishedWorkspace, runAgain } from './feeds.ts'
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

  // What blocks it is named, and leads to the rows that failed it.
  const alert = main.getByRole('alert')
  await expect(alert).toContainText('1 blocking check failed: stg_claims.amount_is_small (1 row).')
  await alert.getByRole('link', { name: 'stg_claims.amount_is_small' }).click()
  await expect(page).toHaveURL(/#\/checks\/stg_claims\.amount_is_small\?run=2$/)
  await expect(page.getByRole('grid', { name: 'Failing rows' })).toContainText('C2')
  await page.goBack()
  const row = page.getByRole('table', { name: 'Checks of this run' }).getByRole('row', { name: /amount_is_small/ })
  await expect(row.getByRole('link', { name: '1', exact: true })).toHaveAttribute('href', /run=2$/)

  // The checks of what readers see say that the latest run failed one, and lead to it.
  const address = page.url().split('#')[0] ?? ''
  await page.goto(`${address}#/checks`)
  const note = main.getByRole('status').filter({ hasText: 'is not published' })
  await expect(note).toContainText('1 of 51 checks failed in the latest, run 2')
  await expect(main.getByRole('img', { name: '2 runs, 1 not passed; 1 run not published' })).toHaveCount(1)
  await expectNoAxeViolations(page)
  await note.getByRole('link', { name: 'Checks of run 2' }).click()
  await expect(page.getByRole('table', { name: 'Checks', exact: true }).getByRole('row').nth(1)).toContainText('Failed')
  await page.goto(`${address}#/checks/stg_claims.amount_is_small`)
  await main.getByRole('button', { name: 'History' }).click()
  await expect(main.getByRole('table', { name: 'History' })).toContainText('Blocked')
  await expectNoAxeViolations(page)
  await main.getByRole('link', { name: 'This check in run 2' }).click()
  await expect(page.getByRole('grid', { name: 'Failing rows' })).toContainText('C2')
  await page.goto(`${address}#/checks/nope`)
  await expect(main.getByRole('alert')).toContainText('There is no check nope in run 1.')

  // The picture marks the models that it has otherwise.
  await page.goto(`${address}#/models`)
  const node = page.getByRole('list', { name: 'Models and sources' }).getByRole('link', { name: /^stg_claims/ })
  await expect(node).toContainText('in candidate run 2: 2')
  await expect(node).toContainText('fails')
  await expectNoAxeViolations(page)
  await node.click()
  await expect(main).toContainText('Candidate run 2Failed2 rows')
  await page.getByRole('tab', { name: 'Checks' }).click()
  await page.getByRole('button', { name: 'Candidate run 2' }).click()
  const failing = page.getByRole('table', { name: 'Checks' }).getByRole('row').nth(1)
  await expect(failing).toContainText('Failed')
  await expect(failing.getByRole('link', { name: 'stg_claims.amount_is_small' })).toHaveAttribute('href', /run=2$/)
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

  // Another run is blocked from there: one can still go forward, past it.
  await page.getByRole('button', { name: 'Run pipeline' }).click()
  await page.getByRole('dialog', { name: 'Run pipeline' }).getByRole('button', { name: 'Run pipeline' }).click()
  await expect(page.getByRole('heading', { name: 'Run 3' })).toBeVisible()
  await expect(main.getByText('Candidate', { exact: true })).toBeVisible()
  await page.goto(`${page.url().split('#')[0] ?? ''}#/runs/2`)
  await expect(main.getByText('Rolled back', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Roll forward' }).click()
  const forward = page.getByRole('dialog', { name: 'Roll forward' })
  await expect(forward).toContainText('A candidate is set aside; what other runs have left since is dropped.')
  await forward.getByRole('button', { name: 'Roll forward' }).click()
  await expect(main.getByText('Current', { exact: true })).toBeVisible()
  await page.goto(`${page.url().split('#')[0] ?? ''}#/models/stg_claims`)
  await expect(rows).toContainText('C2')
})

test('a blocked run that another one started over is brought back, looked at and released', async ({ page, serve }) => {
  const projectFolder = strictProject()
  const workspace = await publishedWorkspace(claimsFeed(['C1,11-1111111,2022-01-01,5.00,Medical']), projectFolder)
  for (const claim of ['C2', 'C3'])
    await expect(
      runAgain(claimsFeed([`${claim},11-1111111,2022-01-02,5000.00,Medical`]), workspace, projectFolder),
    ).rejects.toThrow('the run was blocked')
  await page.goto(await serve(workspace, { projectFolder }))
  const main = page.getByRole('main')
  const go = (hash: string) => page.goto(`${page.url().split('#')[0] ?? ''}#/${hash}`)

  await go('incident')
  await main.getByRole('link', { name: 'look at it, release or discard it on the page of run 2' }).click()
  await expect(page.getByRole('heading', { name: 'Run 2' })).toBeVisible()
  await expect(main.getByText('Set aside', { exact: true })).toBeVisible()
  await expect(main).toContainText(
    'Its tables are kept until it is released or discarded, or another run is published.',
  )
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: 'Bring back to look at it' }).click()
  await expect(main.getByText('Candidate', { exact: true })).toBeVisible()
  await expect(page.getByText('Run 3 is set aside instead.')).toBeVisible()

  await go('models/stg_claims?state=candidate')
  const rows = page.getByRole('grid', { name: 'Rows of stg_claims' })
  await expect(rows).toContainText('C2')

  await go('runs/3')
  await page.getByRole('button', { name: 'Release' }).click()
  const release = page.getByRole('dialog', { name: 'Release run 3' })
  await release.getByLabel('Reason').fill('a real bill')
  await release.getByRole('button', { name: 'Release' }).click()
  await expect(main.getByText('Current', { exact: true })).toBeVisible()
  await go('runs/2')
  await expect(main.getByText('Superseded', { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Release' })).toHaveCount(0)
})

test('a candidate is discarded after one is asked, and it is told who did it', async ({ page, serve }) => {
  const projectFolder = strictProject()
  const workspace = await publishedWorkspace(claimsFeed(['C1,11-1111111,2022-01-01,5.00,Medical']), projectFolder)
  const input = claimsFeed(['C2,11-1111111,2022-01-02,5000.00,Medical'])
  await expect(runAgain(input, workspace, projectFolder)).rejects.toThrow('the run was blocked')
  await page.goto(`${await serve(workspace, { projectFolder })}#/runs/2`)
  const main = page.getByRole('main')
  // What a check blocked would only be blocked again.
  await expect(page.getByRole('button', { name: 'Release' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Resume' })).toHaveCount(0)

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Command' }).fill('discard')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Discard run 2' })
  await expect(dialog).toContainText('cannot be undone')
  await expectNoAxeViolations(page)
  await page.keyboard.press('Escape')
  await expect(main.getByText('Candidate', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Discard candidate' }).click()
  await dialog.getByLabel('Reason').fill('a test delivery')
  await dialog.getByRole('button', { name: 'Discard candidate' }).click()
  await expect(main.getByText('Discarded', { exact: true })).toBeVisible()
  await expect(main).toContainText('Reason: a test delivery')
  await expectNoAxeViolations(page)

  await page.goto(`${page.url().split('#')[0] ?? ''}#/incident`)
  const done = page.getByRole('table', { name: 'What was done' })
  await expect(done.getByRole('row').nth(1)).toContainText('discarded run 2')
  await expect(main).toContainText('discarded it: a test delivery')
})
