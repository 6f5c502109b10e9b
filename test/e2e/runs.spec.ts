import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copiedProject, newFolder, publishedWorkspace, sampleFeeds } from './feeds.ts'
import { expect, expectNoAxeViolations, test } from './browser.ts'

test('the first run, from an empty workspace to balancing books', async ({ page, serve }) => {
  const feeds = sampleFeeds(2000)
  await page.goto(await serve(newFolder('workspace')))

  await expect(page.getByRole('heading', { name: 'No run yet' })).toBeVisible()
  await expectNoAxeViolations(page)

  // A folder that is not there is told in the dialog, with what to do next; what was typed stays.
  await page.getByRole('button', { name: 'Run pipeline' }).click()
  const dialog = page.getByRole('dialog', { name: 'Run pipeline' })
  await expect(dialog.getByLabel('Input folder')).toBeFocused()
  await dialog.getByLabel('Input folder').fill('/no/such/folder')
  await dialog.getByLabel('As-of date').fill('2022-12-31')
  await dialog.getByRole('button', { name: 'Run pipeline' }).click()
  await expect(dialog.getByRole('alert')).toContainText('/no/such/folder')
  await expect(dialog.getByRole('alert')).toContainText('Correct its path')
  await expectNoAxeViolations(page)

  await dialog.getByLabel('Input folder').fill(feeds)
  await dialog.getByRole('button', { name: 'Run pipeline' }).click()
  await expect(page).toHaveURL(/#\/runs\/1$/)
  await expect(page.getByRole('heading', { name: 'Run 1' })).toBeVisible()
  await expect(page.getByRole('main').getByText('Published', { exact: true }).first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'Jobs' })).toContainText('held back')

  // Every source's line and the sum balance, by the figures shown.
  const rows = page.getByRole('table', { name: 'Books' }).locator('tbody tr, tfoot tr')
  await expect(rows).toHaveCount(6)
  for (const row of await rows.all()) {
    const cells = (await row.getByRole('cell').allInnerTexts()).map((text) => Number(text.replaceAll(',', '')))
    const [read = NaN, released = NaN, inserted = NaN, updated = NaN, unchanged = NaN, superseded = NaN, held = NaN] =
      cells
    expect(read + released).toBe(inserted + updated + unchanged + superseded + held)
    await expect(row).toContainText('Balances')
  }
  // Gates that cannot judge yet do not stand in the way of the books.
  await expect(page.getByRole('table', { name: 'Gates' })).not.toContainText('Quiet')
  await page.getByRole('button', { name: /^\d+ gates with too little history/ }).click()
  await expect(page.getByRole('table', { name: 'Too little history' })).toContainText('Quiet')
  await expect(page.getByRole('table', { name: 'Models of this run' })).toContainText('mart_plan_coverage_gaps')
  await expect(page.getByRole('table', { name: 'Checks of this run' })).toContainText('Passed')
  await expect(page.getByRole('table', { name: 'Files of this run' })).toContainText('claims_')
  await expectNoAxeViolations(page)

  // The figures in the books lead to the rows behind them.
  await page
    .getByRole('table', { name: 'Books' })
    .getByRole('row', { name: /^claims/ })
    .getByRole('link')
    .click()
  await expect(page).toHaveURL(/#\/quarantine\?source=claims/)
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Run 1' })).toBeVisible()
})

test('the same feeds again change nothing, and the list says so', async ({ page, serve }) => {
  const feeds = sampleFeeds(500)
  await page.goto(await serve(await publishedWorkspace(feeds)))

  await page.getByRole('button', { name: 'Run pipeline' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Input folder')).toHaveValue(feeds)
  await expect(dialog.getByLabel('As-of date')).toHaveValue('2022-12-31')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Run 2' })).toBeVisible()
  await expect(page.getByText('Current', { exact: true })).toBeVisible()

  await page.keyboard.press('Escape')
  const second = page.getByRole('table', { name: 'Runs' }).getByRole('row', { name: /^Run 2/ })
  await expect(second).toContainText('Published')
  await expect(second).toContainText('±0')
  await expect(second).toContainText('Current')
  await expectNoAxeViolations(page)
})

test('a run shows its progress and can be cancelled; what was published stays', async ({ page, serve }) => {
  const workspace = await publishedWorkspace(sampleFeeds(500))
  const large = sampleFeeds(300_000)
  await page.goto(await serve(workspace))
  await page.getByRole('button', { name: 'Run pipeline' }).click()
  await page.getByLabel('Input folder').fill(large)
  await page.keyboard.press('Enter')

  const card = page.getByRole('region', { name: 'Run in progress' })
  const stages = page.getByRole('list', { name: 'Stages' })
  // What is going on is seen without scrolling: the stages, and each source and model with its rows and time.
  await expect(stages.getByRole('listitem').first()).toContainText(/Running[\d,]+ rows/)
  const claims = page
    .getByRole('list', { name: 'Models of this run as a picture' })
    .getByRole('link', { name: /^claims/ })
  await expect(claims).toContainText(/Running[\d,]+ rows?, [\d.]+ m?s/)
  await expect(claims).toBeInViewport()
  const model = card.getByRole('table', { name: 'Models in progress' }).getByRole('row', { name: /mart_plan_coverage/ })
  const height = (await model.boundingBox())?.height
  await expect(card.getByRole('progressbar', { name: 'claims read' })).toBeVisible()
  await expect(card.getByRole('table', { name: 'Models in progress' })).toContainText('Waiting')
  await expect(card).toContainText('Rows per second')
  await expectNoAxeViolations(page)

  // It goes on while one looks elsewhere.
  await page.getByRole('link', { name: 'Quarantine' }).click()
  await expect(page.getByRole('grid', { name: 'Quarantined rows' })).toBeVisible()
  const jobs = page.getByRole('region', { name: 'Jobs' })
  await jobs.getByRole('button', { name: 'Show the details' }).click()
  await expect(jobs.getByRole('table', { name: 'Sources in progress' })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel run' }).click()
  await expect(jobs).toContainText('Cancelled')
  await expect(page.getByRole('button', { name: 'Cancel run' })).toHaveCount(0)

  await jobs.getByRole('link', { name: 'Run 2' }).click()
  await expect(page.getByText('readers see the run before')).toBeVisible()
  await expect(stages).toContainText('Stopped here')
  await expect(page.getByRole('banner').getByRole('link', { name: 'run 1' })).toBeVisible()

  // It goes on where it stopped, as the same run.
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(card).toBeVisible()
  expect((await model.boundingBox())?.height).toBe(height)
  await expect(page.getByText(/^The run was resumed/).first()).toBeVisible()
  await expect(page.getByText('Current', { exact: true })).toBeVisible({ timeout: 120_000 })
  await expect(page.getByRole('heading', { name: 'Run 2' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Resume' })).toHaveCount(0)
})

test('a rejected feed blocks the run, and its page says what to do', async ({ page, serve }) => {
  const feeds = newFolder('feeds')
  writeFileSync(join(feeds, 'claims.csv'), 'claim_id,company_ein,amount,claim_type\nC1,11-1111111,10.00,Medical\n')
  await page.goto(await serve(newFolder('workspace')))
  await page.getByRole('button', { name: 'Run pipeline' }).click()
  await page.getByLabel('Input folder').fill(feeds)
  await page.keyboard.press('Enter')
  const alert = page.getByRole('main').getByRole('alert')
  await expect(alert).toContainText('service_date')
  await expect(alert).toContainText('Next')
  await expect(alert.getByRole('button', { name: 'Copy details' })).toBeVisible()
  const stages = page.getByRole('list', { name: 'Stages' }).getByRole('listitem')
  await expect(stages.nth(0)).toContainText('File rejected')
  await expect(stages.nth(1)).toContainText('Not finished')
  await expect(stages.nth(4)).toContainText('readers see nothing yet')
  await expectNoAxeViolations(page)
})

test('a model that is refused is marked in the picture, and what comes after it as not reached', async ({
  page,
  serve,
}) => {
  const projectFolder = copiedProject()
  const workspace = await publishedWorkspace(sampleFeeds(200), projectFolder)
  appendFileSync(
    join(projectFolder, 'models/marts/fct_claims_rolling_90d.sql'),
    'LIMIT (SELECT 1 FROM no_such_table)\n',
  )
  await page.goto(await serve(workspace, { projectFolder }))
  await page.getByRole('button', { name: 'Run pipeline' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Run pipeline' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('fct_claims_rolling_90d was refused')
  const picture = page.getByRole('list', { name: 'Models of this run as a picture' }).getByRole('listitem')
  await expect(picture.filter({ hasText: 'fct_claims_rolling_90d' })).toContainText('Stopped here')
  await expect(picture.filter({ hasText: 'mart_cost_spikes' })).toContainText('Not reached')

  // The incident page leads back to where the run is told of.
  await page.getByRole('link', { name: 'Open the incident page' }).click()
  await page.getByRole('link', { name: 'Page of run 2' }).click()
  await expect(page.getByRole('heading', { name: 'Run 2' })).toBeVisible()
})
