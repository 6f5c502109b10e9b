import { claimsFeed, newFolder, runAgain } from './feeds.ts'
import { expect, expectNoAxeViolations, test } from './browser.ts'
import { benefits } from '../helpers/feeds.ts'

const companies = ['11-1111111', '22-2222222', '33-3333333', '44-4444444']

function claimsOf(delivery: number, count: number): string[] {
  const claim = (index: number) =>
    `D${delivery}-${index},${companies[index % companies.length]},2022-12-${10 + delivery},${20 + (index % 50)}.00,Medical`
  return Array.from({ length: count }, (_, index) => claim(index))
}

test('a delivery that a gate holds, and then one company of another, is let through for a reason and published', async ({
  page,
  serve,
}) => {
  // Eight deliveries come first: a gate that learns says nothing before.
  test.slow()
  const workspace = newFolder('workspace')
  for (let delivery = 0; delivery < 8; delivery += 1)
    await runAgain(claimsFeed(claimsOf(delivery, 300 + delivery)), workspace, benefits)
  const half = claimsFeed(claimsOf(8, 90))
  const address = await serve(workspace)
  await page.goto(address)
  const main = page.getByRole('main')

  await page.getByRole('button', { name: 'Run pipeline' }).click()
  await page.getByLabel('Input folder').fill(half)
  await page.getByLabel('As-of date').fill('2022-12-31')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Run 9' })).toBeVisible()
  await expect(main.getByRole('alert')).toContainText('90 rows were delivered')
  await expect(page.getByRole('list', { name: 'Stages' })).toContainText('a gate let nothing in')
  const gates = page.getByRole('table', { name: 'Gates' })
  await expect(gates.getByRole('row').nth(1)).toContainText('Held')
  await expect(page.getByRole('banner').getByRole('link', { name: 'run 8' })).toBeVisible()
  await expectNoAxeViolations(page)

  // The incident page names the gate and leads to where it is let through.
  await page.getByRole('link', { name: 'Open the incident page' }).click()
  await expect(page.getByRole('table', { name: 'What broke' }).getByRole('row').nth(1)).toContainText('Gate')
  await expectNoAxeViolations(page)
  await page.getByRole('link', { name: 'let it through on the page of run 9' }).click()

  // By keyboard: no reason, no way through; with one, Enter does it.
  await page.getByRole('button', { name: 'Let through' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Let run 9 through' })
  await expect(dialog.getByLabel('Reason')).toBeFocused()
  await expect(dialog.getByRole('button', { name: 'Let through' })).toBeDisabled()
  await expectNoAxeViolations(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Let through' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog.getByLabel('Reason')).toBeFocused()
  await page.keyboard.type('half of the offices are closed')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('table', { name: 'Let through' })).toContainText('half of the offices are closed')
  await expect(page.getByRole('button', { name: 'Let through' })).toHaveCount(0)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectNoAxeViolations(page)

  await page.getByRole('button', { name: 'Run again' }).click()
  await expect(page.getByRole('heading', { name: 'Run 10' })).toBeVisible()
  await expect(main.getByText('Current', { exact: true })).toBeVisible()
  await expect(gates.getByRole('row').nth(1)).toContainText('let it through: half of the offices are closed')
  await expect(page.getByRole('table', { name: 'Books' }).getByRole('row', { name: /^claims/ })).toContainText('90')
  await expectNoAxeViolations(page)

  // All overrides, with who and why, stand with the checks.
  await page.getByRole('link', { name: 'Checks' }).click()
  await page.getByRole('tab', { name: 'Gates' }).click()
  const override = page.getByRole('table', { name: 'Let through' }).getByRole('row').nth(1)
  await expect(override).toContainText('half of the offices are closed')
  await expect(override).toContainText('this once')
  await expectNoAxeViolations(page)
  await page.emulateMedia({ colorScheme: 'light' })
  await expectNoAxeViolations(page)

  // Of the next delivery one company has half of its rows: it alone is held, and the run is published.
  const ofLast = (claim: string) => claim.includes('44-4444444')
  const claims = claimsOf(9, 300)
  const halfOfOne = claimsFeed([...claims.filter((claim) => !ofLast(claim)), ...claims.filter(ofLast).slice(0, 38)])
  await page.getByRole('link', { name: 'Runs', exact: true }).click()
  await page.getByRole('button', { name: 'Run pipeline' }).click()
  await page.getByLabel('Input folder').fill(halfOfOne)
  await page.getByLabel('As-of date').fill('2022-12-31')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Run 11' })).toBeVisible()
  await expect(main.getByText('Current', { exact: true })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Stages' })).toContainText('Published in part')
  // The page says so at its top, and the list in its place; neither looks like a run that went well.
  await expect(page.locator('header').getByText('Published in part')).toBeVisible()
  const notice = page.getByRole('region', { name: 'Published in part' })
  await expect(notice).toContainText('44-4444444: gate of claims; readers see it as run 10 left it')
  await expect(notice.getByRole('link', { name: 'Open the incident page' })).toBeVisible()
  await page.getByRole('link', { name: 'Runs', exact: true }).click()
  const runs = page.getByRole('table', { name: 'Runs' })
  await expect(runs.getByRole('row', { name: /^Run 11/ })).toContainText('Published in part')
  await expect(runs).toContainText('Held back: 44-4444444 (gate of claims)')
  await expectNoAxeViolations(page)
  const change = async (run: number) => {
    const row = runs.getByRole('row', { name: new RegExp(`^Run ${run} `) })
    return Number((await row.getByRole('cell').nth(10).innerText()).replaceAll(/[+,]/g, ''))
  }
  const withoutOne = await change(11)
  await page.goBack()
  await notice.getByRole('button', { name: 'Let through below' }).click()
  await expect(page.getByRole('button', { name: 'Let 44-4444444 through' })).toBeFocused()
  await expect(gates.getByRole('row', { name: /companies all Warning/ })).toContainText('3 of 4 companies')
  await expect(gates.getByRole('row', { name: /volume 44-4444444 Held/ })).toContainText('38 sound rows were delivered')
  await expectNoAxeViolations(page)
  // The incident page names the company, the gate, what came and what is usual.
  await page.goto(`${address}#/incident`)
  await expect(page.getByText('The latest run was published in part', { exact: true })).toBeVisible()
  const broke = page.getByRole('table', { name: 'What broke' }).getByRole('row').nth(1)
  await expect(broke).toContainText('Held back')
  await expect(broke).toContainText('Gate: volume')
  await expect(broke).toContainText('44-4444444')
  await expect(broke).toContainText(/38 sound rows were delivered.* are usual/)
  await expectNoAxeViolations(page)
  await page.getByRole('link', { name: 'let it through on the page of run 11' }).click()
  await page.getByRole('button', { name: 'Let 44-4444444 through' }).click()
  await page.getByRole('dialog', { name: 'Let 44-4444444 through' }).getByLabel('Reason').fill('half of it was sold')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Run again' }).click()
  await expect(page.getByRole('heading', { name: 'Run 12' })).toBeVisible()
  await expect(main.getByText('Current', { exact: true })).toBeVisible()
  await expect(gates.getByRole('row', { name: /volume 44-4444444 Let through/ })).toContainText('half of it was sold')
  await expect(gates).not.toContainText('Held')
  await expect(notice).toHaveCount(0)

  // Readers gain the rows of the company: the next run says so, where it would have said that nothing changed.
  await page.getByRole('link', { name: 'Runs', exact: true }).click()
  expect(withoutOne).toBeGreaterThan(0)
  expect(await change(12)).toBeGreaterThan(38)
})
