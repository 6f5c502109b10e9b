import { publishedWorkspace, sampleFeeds } from './feeds.ts'
import { expect, expectNoAxeViolations, test } from './browser.ts'

test('rerun from a model, from a stage, for a company and a range of days, and from all feeds', async ({
  page,
  serve,
}) => {
  const feeds = sampleFeeds(500)
  const address = await serve(await publishedWorkspace(feeds))
  const main = page.getByRole('main')
  const dialog = page.getByRole('dialog')
  const log = page.getByRole('list', { name: 'Log lines' })
  const published = async (run: number) => {
    await expect(page.getByRole('heading', { name: `Run ${run}` })).toBeVisible()
    await expect(main.getByText('Current', { exact: true })).toBeVisible()
    await expect(main.getByText('No row of any model changed').or(main.getByText('±0')).first()).toBeVisible()
  }

  // On the page of a model, by keyboard: first with all that reads it, then it alone.
  await page.goto(`${address}#/models/fct_claims_rolling_90d`)
  await page.getByRole('button', { name: 'Rerun from here' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Rerun from fct_claims_rolling_90d' })).toBeVisible()
  await expect(dialog.getByRole('checkbox', { name: 'With all models that read it' })).toBeFocused()
  await expectNoAxeViolations(page)
  await page.keyboard.press('Enter')
  await published(2)
  // What it was asked for, and what it left as it was.
  const picture = page.getByRole('list', { name: 'Models of this run as a picture' })
  await expect(picture.getByRole('link', { name: /^stg_claims/ })).toContainText('Unchanged')
  await expect(picture.getByRole('link', { name: /^mart_cost_spikes/ })).not.toContainText('Unchanged')
  await expect(log).toContainText('fct_claims_rolling_90d, mart_cost_spikes, cost_spikes are built again.')
  await expectNoAxeViolations(page)

  await page.goto(`${address}#/models/fct_claims_rolling_90d`)
  await page.getByRole('button', { name: 'Rerun from here' }).click()
  await page.keyboard.press('Space')
  await expect(dialog.getByRole('checkbox', { name: 'With all models that read it' })).not.toBeChecked()
  await page.keyboard.press('Enter')
  await published(3)
  await expect(log).toContainText('fct_claims_rolling_90d is built again.')

  // On the page of the run that readers see: a stage, and of it a backfill. What cannot be is told in the dialog.
  await page.getByRole('button', { name: 'Rerun from here' }).click()
  await dialog.getByLabel('From', { exact: true }).selectOption('mart')
  await dialog.getByRole('checkbox', { name: 'With all models that read it' }).uncheck()
  await dialog.getByLabel('Only the companies').fill('no company')
  await dialog.getByRole('button', { name: 'Rerun from here' }).click()
  await expect(dialog.getByRole('alert')).toContainText('no company is not a company')
  await expectNoAxeViolations(page)
  await dialog.getByLabel('Only the companies').fill('11-1111111, 99-9999999')
  await dialog.getByRole('button', { name: 'Rerun from here' }).click()
  await expect(dialog.getByRole('alert')).toContainText('No staged row is of 99-9999999')
  await dialog.getByLabel('Only the companies').fill('11-1111111, 222222222')
  await dialog.getByLabel('From day').fill('2022-01-01')
  await dialog.getByLabel('To day').fill('2022-01-31')
  await page.keyboard.press('Enter')
  await published(4)
  await expect(log).toContainText(/mart_.* are built again for 11-1111111, 22-2222222 from 2022-01-01 to 2022-01-31\./)

  await page.emulateMedia({ colorScheme: 'dark' })
  await page.getByRole('button', { name: 'Rerun from here' }).click()
  await dialog.getByLabel('From', { exact: true }).selectOption({ label: 'All feeds (full refresh)' })
  await expect(dialog).toContainText('Reads everything that was ever delivered again')
  await expect(dialog.getByLabel('From day')).toHaveCount(0)
  await expectNoAxeViolations(page)
  await dialog.getByRole('button', { name: 'Rerun from here' }).click()
  await published(5)
  await expect(page.getByRole('table', { name: 'Books' })).toContainText('Balances')
  await expectNoAxeViolations(page)

  // The next run is offered the folder of feeds, which these runs had none of.
  await page.getByRole('button', { name: 'Run pipeline' }).click()
  await expect(dialog.getByLabel('Input folder')).toHaveValue(feeds)
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Runs', exact: true }).click()
  const runs = page.getByRole('table', { name: 'Runs' })
  for (const [run, kind] of [
    [1, 'Feeds'],
    [3, 'Rerun'],
    [4, 'Backfill'],
    [5, 'Full refresh'],
  ] as const)
    await expect(runs.getByRole('row', { name: new RegExp(`^Run ${run} `) })).toContainText(kind)
})
