import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { newFolder, runAgain } from './feeds.ts'
import { expect, expectNoAxeViolations, test } from './browser.ts'

const fixture = resolve(import.meta.dirname, '../fixtures/fan-out-project')

/** The project of orders and rates, with the one model that keeps its grain whatever the rates are. */
function shippingProject(): string {
  const project = newFolder('shipping')
  cpSync(fixture, project, { recursive: true })
  rmSync(join(project, 'models/company_rate.sql'))
  const path = join(project, 'models/models.yml')
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.slice(0, text.indexOf('  - name: company_rate')))
  return project
}

function deliver(folder: string, orders: number, furtherRates: number): void {
  const companies = Array.from({ length: 10 }, (_, index) => `K${index}`)
  const lines = companies.flatMap((company) =>
    Array.from({ length: orders }, (_, index) => `${company}-${index},${company},${index + 1}`),
  )
  const rates = [
    ...companies.map((company) => `${company},${company},100`),
    ...Array.from({ length: furtherRates }, (_, index) => `extra-${index},K3,100`),
  ]
  writeFileSync(join(folder, 'orders.csv'), `order_id,company,pieces\n${lines.join('\n')}\n`)
  writeFileSync(join(folder, 'rates.csv'), `rate_id,company,cents\n${rates.join('\n')}\n`)
}

test('a blocked run leads to the incident page: the cause, the way back, a limit', async ({ page, serve }) => {
  // Eight runs of their own processes come first: guards that learn say nothing before.
  test.slow()
  const projectFolder = shippingProject()
  const feeds = newFolder('feeds')
  const workspace = newFolder('workspace')
  for (let run = 0; run < 8; run += 1) {
    deliver(feeds, 20 + run, 0)
    await runAgain(feeds, workspace, projectFolder)
  }
  deliver(feeds, 28, 13)
  await page.goto(await serve(workspace, { projectFolder }))
  await page.getByRole('button', { name: 'Run pipeline' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Run pipeline' }).click()
  await expect(page.getByRole('heading', { name: 'Run 9' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('rates has 14 rows for company = K3 (1 before)')
  const picture = page.getByRole('list', { name: 'Models of this run as a picture' })
  await expect(picture.getByRole('listitem').filter({ hasText: 'charges' })).toContainText('644 rows')
  await expectNoAxeViolations(page)

  await page.getByRole('link', { name: 'Open the incident page' }).click()
  await expect(page).toHaveURL(/#\/incident$/)
  await expect(page.getByText('No run is going on.')).toBeVisible()
  const broke = page.getByRole('table', { name: 'What broke' }).getByRole('row').nth(1)
  await expect(broke).toContainText('Stopped the run')
  await expect(broke).toContainText('charges has 392 rows for K3')
  await expectNoAxeViolations(page)

  // The profile of the model shows the guard, and the key that multiplied.
  await broke.getByRole('link', { name: 'Profile of charges' }).click()
  await expect(page.getByRole('table', { name: 'Guards' })).toContainText('Growth')
  // The 14 rates of one company multiply its orders; before, the join gave one row for each order.
  const joined = page.getByRole('table', { name: 'Joins' }).getByRole('row').nth(1)
  await expect(joined).toContainText('JOIN rates AS r ON r.company = o.company')
  await expect(joined.getByRole('cell', { name: '644' })).toContainText('270 before')
  await expect(joined).toContainText('Multiplies rows')
  await page.getByRole('button', { name: 'Count the keys' }).click()
  await expect(page.getByRole('table', { name: 'Keys' })).toContainText('order_id')
  await expect(page.getByRole('table', { name: 'Query plan' })).toContainText('Full scan')
  await expectNoAxeViolations(page)
  await page.goBack()

  const targets = page.getByRole('table', { name: 'Published runs' })
  await page.getByLabel('Reason for rolling back').fill('rates delivered twice')
  await targets.getByRole('button', { name: 'Roll back to run 7' }).click()
  await expect(targets.getByRole('row', { name: /^Run 7/ })).toContainText('see this run')
  const done = page.getByRole('table', { name: 'What was done' })
  await expect(done).toContainText('gave readers run 7 in place of run 8')
  await expect(targets.getByRole('button', { name: 'Roll forward to run 8' })).toBeVisible()
  await expect(done).toContainText('rates delivered twice')

  await page.getByLabel('Source', { exact: true }).selectOption('rates')
  await page.getByLabel('Rows a run, at the most').fill('99999999999999999999')
  await expect(page.getByText('A whole number from 0 to 1,000,000,000.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Limit', exact: true })).toBeDisabled()
  await expectNoAxeViolations(page)
  await page.getByLabel('Rows a run, at the most').fill('0')
  await expect(page.getByText('Nothing of rates is taken in.')).toBeVisible()
  await page.getByLabel('Rows a run, at the most').fill('')
  await page.getByLabel('Without the companies').fill('K3')
  await page.getByRole('button', { name: 'Limit', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Limits' })).toContainText('K3')
  await expect(done).toContainText('limited rates, without K3')
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: 'Lift the limit of rates' }).click()
  await expect(page.getByRole('table', { name: 'Limits' })).toHaveCount(0)
  await expect(done).toContainText('lifted the limit of rates')
})

test('the palette opens the incident page, which says that nothing was run yet', async ({ page, serve }) => {
  await page.goto(await serve(newFolder('workspace')))
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Command' }).fill('roll back')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Nothing was run yet', { exact: true })).toBeVisible()
  await expect(page.getByText('Nothing was published yet')).toBeVisible()
  await expectNoAxeViolations(page)
})
