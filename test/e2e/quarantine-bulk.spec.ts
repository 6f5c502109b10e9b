import { expect, expectNoAxeViolations, test } from './browser.ts'
import { brokenClaims, claimsFeed, publishedWorkspace } from './feeds.ts'

test('a value is replaced in all rows that match, after a look at what it would do', async ({ page, serve }) => {
  await page.goto(`${await serve(await publishedWorkspace(brokenClaims(40)))}#/quarantine`)
  const grid = page.getByRole('grid', { name: 'Quarantined rows' })
  await expect(grid.getByRole('gridcell').first()).toBeVisible()
  await page.getByRole('checkbox', { name: /^service_date: invalid_date/ }).check()
  await expect(page.getByText('20 of 40 rows')).toBeVisible()

  // `a` is all that match, `e` edits them; a pattern that is none is said to be so, and changes nothing.
  await page.keyboard.press('a')
  await expect(page.getByText('All 20 that match')).toBeVisible()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog', { name: 'Edit all 20 rows that match' })
  await dialog.getByRole('tab', { name: 'Replace' }).click()
  await dialog.getByLabel('Field').selectOption('service_date')
  await dialog.getByRole('checkbox', { name: 'Regular expression' }).check()
  await dialog.getByLabel('Find').fill(String.raw`(\d+)-13-(`)
  await expect(dialog.getByRole('alert')).toContainText('not a regular expression')
  await dialog.getByLabel('Find').fill(String.raw`(\d+)-13-(\d+)`)
  await dialog.getByLabel('Replace with').fill('$1-12-$2')
  await expect(dialog.getByText('20 rows: 20 change, 20 become valid, 0 stay wrong')).toBeVisible()
  const first = dialog.getByRole('table', { name: 'First changes' }).getByRole('row').nth(1)
  await expect(first).toContainText('2022-13-01')
  await expect(first).toContainText('2022-12-01')
  await expectNoAxeViolations(page)
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByText('Corrected 20 rows: 20 valid now.')).toBeVisible()

  // What it would do to the models, then what it did.
  await page.getByRole('button', { name: 'Clear selection' }).click()
  await page.getByRole('button', { name: 'Preview effect' }).click()
  const effect = page.getByRole('dialog', { name: 'Effect of replaying all that waits' })
  await expect(effect.getByRole('region', { name: 'claims', exact: true })).toContainText('20 appeared')
  await expectNoAxeViolations(page)
  await effect.getByRole('button', { name: 'Replay now' }).click()
  await expect(page.getByText(/^Run \d+ published: .+ appeared/)).toBeVisible()
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Quarantine' })).toHaveAccessibleDescription(
    '20 rows held back',
  )
})

test('variants are merged, suggestions accepted', async ({ page, serve }) => {
  const types = ['Medcial', 'medcial.', 'MEDCIAL', 'Dentl']
  const feeds = claimsFeed(types.map((type, index) => `B${index},11-1111111,2022-03-01,10.00,${type}`))
  await page.goto(`${await serve(await publishedWorkspace(feeds))}#/quarantine`)
  await expect(page.getByRole('gridcell', { name: /^Dentl/ })).toBeVisible()
  await page.keyboard.press('a')
  await page.getByRole('button', { name: 'Edit…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('tab', { name: 'Merge variants' }).click()
  await dialog.getByRole('checkbox', { name: /^Merge into/ }).check()
  await dialog.getByRole('textbox', { name: /and its variants become$/ }).fill('Medical')
  await expect(dialog.getByText('4 rows: 3 change, 3 become valid, 0 stay wrong')).toBeVisible()
  await expectNoAxeViolations(page)
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByText('Corrected 3 rows: 3 valid now.')).toBeVisible()

  await page.getByRole('button', { name: 'Edit…' }).click()
  await dialog.getByRole('tab', { name: 'Accept suggestions' }).click()
  await dialog.getByLabel('Least confidence, %').fill('50')
  await expect(dialog.getByText('4 rows: 1 change, 1 become valid, 0 stay wrong')).toBeVisible()
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByText('Corrected 1 row: it is valid now.')).toBeVisible()
})

test('rows are selected by keys, waived and discarded, and all of it undone from the history', async ({
  page,
  serve,
}) => {
  const feeds = claimsFeed(
    [1, 2, 3, 4].map((claim) => `B${claim},11-1111111,2022-03-01,${claim < 4 ? '-5.00' : '1.2.3'},Medical`),
  )
  await page.goto(`${await serve(await publishedWorkspace(feeds))}#/quarantine`)
  const grid = page.getByRole('grid', { name: 'Quarantined rows' })
  await grid.getByRole('gridcell', { name: 'claims.csv:2' }).focus()

  // Space and Shift+arrows select; a row whose amount cannot be typed is left alone, and that is told.
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByText('4 selected')).toBeVisible()
  await page.keyboard.press('w')
  const waive = page.getByRole('dialog', { name: 'Waive 4 rows' })
  await waive.getByLabel('Owner').fill('Pat')
  await waive.getByLabel('Reason').fill('Refunds')
  await waive.getByRole('checkbox', { name: 'Never' }).check()
  await expectNoAxeViolations(page)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Waived 3 rows.')).toBeVisible()
  await expect(page.getByText(/^1 row left alone: amount: invalid_amount cannot be waived/)).toBeVisible()
  await expect(grid.getByRole('gridcell', { name: /^Waived.+waiting for a replay$/ })).toHaveCount(3)

  await grid.getByRole('gridcell', { name: 'claims.csv:5' }).click()
  await page.keyboard.press('d')
  const discard = page.getByRole('dialog', { name: 'Discard 1 row' })
  await discard.getByLabel('Reason').fill('A test record')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Discarded 1 row.')).toBeVisible()
  await expect(grid.getByRole('gridcell', { name: /^Discarded.+waiting for a replay$/ })).toHaveCount(1)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByText('Undone: Discarded')).toBeVisible()
  await expect(grid.getByRole('gridcell', { name: 'Open', exact: true })).toHaveCount(1)

  await page.getByRole('tab', { name: 'History' }).click()
  const waived = page.getByRole('table', { name: 'Operations' }).getByRole('row').filter({ hasText: 'Refunds' })
  await expect(waived).toContainText('Waiting')
  await expectNoAxeViolations(page)
  await waived.getByRole('button', { name: 'Undo' }).click()
  await expect(waived).toContainText('Undone')
  await page.getByRole('button', { name: 'Replay all' }).click()
  await expect(page.getByText('Nothing waits for a replay.')).toBeVisible()
})

test('a filter is kept as a view and comes back by its name', async ({ page, serve }) => {
  await page.goto(
    `${await serve(await publishedWorkspace(brokenClaims(10)))}#/quarantine?reason=amount%3A+invalid_amount`,
  )
  await expect(page.getByText('5 of 10 rows')).toBeVisible()
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save this view…' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Bad amounts')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Saved the view “Bad amounts”.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page.getByText(/^10 rows$/)).toBeVisible()
  await page.getByRole('button', { name: 'Views' }).press('Enter')
  await expectNoAxeViolations(page)
  await page.getByRole('menuitem', { name: 'Bad amounts' }).click()
  await expect(page).toHaveURL(/reason=amount/)
  await expect(page.getByText('5 of 10 rows')).toBeVisible()
})
