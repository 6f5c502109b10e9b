import type { Page } from '@playwright/test'
import { expect, expectNoAxeViolations, test } from './browser.ts'
import { claimsFeed, deliver, publishedWorkspace } from './feeds.ts'

/** Opens the quarantine by its keys and waits for its rows. */
async function openQuarantine(page: Page, address: string) {
  await page.goto(address)
  await expect(page.getByRole('heading', { name: 'Runs' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('q')
  const grid = page.getByRole('grid', { name: 'Quarantined rows' })
  await expect(grid.getByRole('gridcell').first()).toBeVisible()
  return grid
}

/** Waits until the published rows of the rolling costs are these many. */
async function expectRollingRows(page: Page, count: number): Promise<void> {
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await page.getByRole('link', { name: /^fct_claims_rolling_90d/ }).click()
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(count + 1))
  await page.keyboard.press('g')
  await page.keyboard.press('q')
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('find, edit, replay, see the mart change, undo, see it change back, by keyboard', async ({ page, serve }) => {
      // Two good claims on two days; a third, on a day of its own, has its day and month swapped; a fourth stays as it is.
      const feeds = claimsFeed(['G1,11-1111111,2022-03-01,10.00,Medical', 'G2,11-1111111,2022-03-02,10.00,Medical'])
      deliver(feeds, 'claims_2.csv', ['B1,11-1111111,2022-31-01,10.00,Medical', 'B2,11-1111111,2022-03-01,?,Medical'])
      const grid = await openQuarantine(page, await serve(await publishedWorkspace(feeds)))
      await expectRollingRows(page, 2)

      // Find it, open it, and go on into its form: the first bad cell has the focus.
      await page.keyboard.press('/')
      await page.keyboard.type('b1,')
      await expect(grid).toHaveAttribute('aria-rowcount', '2')
      await page.keyboard.press('F6')
      await grid.getByRole('gridcell').first().focus()
      await page.keyboard.press('Enter')
      const pane = page.getByRole('complementary', { name: 'Row' })
      await expect(pane.getByLabel('service_date')).toHaveAttribute('aria-invalid', 'true')
      await page.keyboard.press('Enter')
      await expect(pane.getByLabel('service_date')).toBeFocused()
      await expect(pane.getByLabel('service_date')).toHaveAccessibleDescription(/not a real date/)
      await expectNoAxeViolations(page)

      // Typing is judged at once, and what the suggestion says is at hand.
      await expect(pane.getByRole('button', { name: 'Use 2022-01-31' })).toBeVisible()
      await page.keyboard.press('Control+a')
      await page.keyboard.type('31-Jan-2022')
      await expect(pane.getByLabel('service_date')).toHaveAccessibleDescription(/Becomes 2022-01-31/)
      await page.keyboard.press('Control+Enter')
      await expect(page.getByText('Corrected 1 row: it is valid now.')).toBeVisible()
      await expect(pane.getByText('Waiting for a replay')).toBeVisible()
      await expect(page.getByRole('button', { name: 'Replay all', exact: true })).toHaveAccessibleDescription(
        '1 row waits for a replay',
      )
      await expectNoAxeViolations(page)

      // Replay: the mart has the third day, and the row is no longer held back.
      await page.keyboard.press('Escape')
      await expect(grid.locator(':focus')).toHaveCount(1)
      await page.keyboard.press('r')
      await expect(page.getByText(/^Run 2 published: .+ appeared/)).toBeVisible()
      await expectRollingRows(page, 3)
      await expect(page.getByRole('tab', { name: 'Rows' })).toBeVisible()

      // Undo: a replay puts the marts back, and the row is held back again.
      await page.keyboard.press('Control+z')
      await expect(page.getByText(/^Undone: Corrected service_date/)).toBeVisible()
      await expect(page.getByText(/^Run 3 published: .+ vanished/)).toBeVisible()
      await expectRollingRows(page, 2)
      await expect(grid.getByRole('gridcell', { name: 'claims_2.csv:2' })).toBeVisible()
    })
  })
}

test('a cell is edited in the grid, and the edit taken back', async ({ page, serve }) => {
  const feeds = claimsFeed(['B1,11-1111111,2022-03-01,10.00,Medcial', 'B2,11-1111111,2022-03-01,1.2.3,Dental'])
  const grid = await openQuarantine(page, await serve(await publishedWorkspace(feeds)))
  const row = grid.getByRole('row').filter({ hasText: 'B1' })
  await row.getByRole('gridcell', { name: /^Medcial/ }).focus()

  // Escape leaves the cell as it was; Enter keeps the new text as a correction.
  await page.keyboard.press('e')
  await page.keyboard.type('Dental')
  await page.keyboard.press('Escape')
  await expect(row.getByRole('gridcell', { name: /^Medcial/ })).toBeVisible()
  await page.keyboard.press('F2')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Medical')
  await page.keyboard.press('Enter')
  await expect(row.getByRole('gridcell', { name: /^corrected: Medical ?, delivered: Medcial/ })).toBeVisible()
  await expect(page.getByText('Corrected 1 row: it is valid now.')).toBeVisible()
  await expectNoAxeViolations(page)
  await page.keyboard.press('Control+z')
  await expect(page.getByText(/^Undone: /)).toBeVisible()
  await expect(row.getByRole('gridcell', { name: /^Medcial/ })).toBeVisible()

  // What was typed into the form is still there after a look at another row.
  await row.getByRole('gridcell').first().click()
  const pane = page.getByRole('complementary', { name: 'Row' })
  await pane.getByLabel('claim_type').fill('Vision')
  await grid.getByRole('row').filter({ hasText: 'B2' }).getByRole('gridcell').first().click()
  await expect(pane.getByLabel('amount')).toHaveAttribute('aria-invalid', 'true')
  await row.getByRole('gridcell').first().click()
  await expect(pane.getByLabel('claim_type')).toHaveValue('Vision')
})

test('a record that could not be parsed is written anew', async ({ page, serve }) => {
  const feeds = claimsFeed(['B1,11-1111111,2022-03-01,10.00', 'G1,11-1111111,2022-03-01,10.00,Medical'])
  const grid = await openQuarantine(page, await serve(await publishedWorkspace(feeds)))
  await grid.getByRole('gridcell').first().click()
  const pane = page.getByRole('complementary', { name: 'Row' })
  const record = pane.getByLabel('Raw record')
  await expect(record).toHaveValue(/^B1,11-1111111,2022-03-01,10\.00/)
  await record.fill('B1,11-1111111,2022-03-01,10.00,Medical')
  await expect(pane.getByText('Valid so')).toBeVisible()
  await pane.getByRole('button', { name: 'Save correction' }).click()
  await expect(pane.getByText('Waiting for a replay')).toBeVisible()

  // In a form in which nothing is typed, Ctrl+Z takes the correction back.
  await record.press('Control+z')
  await expect(page.getByText('Undone: Corrected row')).toBeVisible()
  await expect(record).toHaveValue('B1,11-1111111,2022-03-01,10.00')
  await record.fill('B1,11-1111111,2022-03-01,10.00,Medical')
  await record.press('Control+Enter')
  await expect(pane.getByText('Waiting for a replay')).toBeVisible()
  await page.getByRole('button', { name: 'Replay all' }).click()
  await expect(page.getByText(/^Run 2 published: /)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Nothing is held back' })).toBeVisible()

  // The run's own page shows what it did.
  await page.getByRole('link', { name: 'See the run' }).click()
  const effect = page.getByRole('region', { name: 'Effect' })
  await expect(effect.getByRole('region', { name: 'claims', exact: true })).toContainText('1 appeared')
  await expectNoAxeViolations(page)
})

test('a conflict is shown and settled', async ({ page, serve }) => {
  const feeds = claimsFeed(['B1,11-1111111,2022-03-01,10.00,Medcial'])
  const workspace = await publishedWorkspace(feeds)
  const grid = await openQuarantine(page, await serve(workspace))
  await grid.getByRole('gridcell', { name: /^Medcial/ }).click()
  await page.keyboard.press('e')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Medical')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Corrected 1 row: it is valid now.')).toBeVisible()

  // The source sends a third value.
  deliver(feeds, 'claims_2.csv', ['B1,11-1111111,2022-03-01,10.00,Dentl'])
  await page.getByRole('link', { name: 'Runs', exact: true }).click()
  await page.getByRole('button', { name: 'Run pipeline' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Run pipeline' }).click()
  await expect(page.getByRole('heading', { name: 'Run 2' })).toBeVisible()
  await expect(page.getByText('Current', { exact: true })).toBeVisible()

  await page.goto(new URL('#/quarantine/corrections', page.url()).href)
  await expect(page.getByRole('tab', { name: /^Corrections.+1 conflict$/ })).toBeVisible()
  const conflicts = page.getByRole('table', { name: 'Conflicts' })
  await expect(conflicts).toContainText('Dentl')
  await expectNoAxeViolations(page)
  await conflicts.getByRole('button', { name: 'Keep the correction' }).click()
  await expect(page.getByText(/^The correction of claim_type in .+ holds\.$/)).toBeVisible()
  await expect(conflicts).toHaveCount(0)
})
