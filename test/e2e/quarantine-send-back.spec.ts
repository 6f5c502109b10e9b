import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, expectNoAxeViolations, test } from './browser.ts'
import { claimsFeed, newFolder, publishedWorkspace } from './feeds.ts'

test('rows go back to their source as CSV, and come mended', async ({ page, serve }) => {
  const feeds = claimsFeed(['B1,11-1111111,2022-13-01,10.00,Medical', 'B2,11-1111111,2022-03-01,1.2.3,Medical'])
  await page.goto(`${await serve(await publishedWorkspace(feeds))}#/quarantine/history`)
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Export all 2 rows that match' })
  const folder = newFolder('sent')
  await dialog.getByLabel('Format').selectOption('csv')
  await dialog.getByLabel('Folder').fill(folder)
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(dialog.getByText('claims_to_mend.csv')).toBeVisible()
  await expectNoAxeViolations(page)

  const sent = join(folder, 'claims_to_mend.csv')
  writeFileSync(sent, readFileSync(sent, 'utf8').replace('2022-13-01', '2022-12-01'))
  await dialog.getByRole('button', { name: 'Import mended file…' }).click()
  const mended = page.getByRole('dialog', { name: 'Import mended file' })
  await mended.getByLabel('File').setInputFiles(sent)
  await expect(mended.getByText(/1 change, 1 become valid, 0 stay wrong$/)).toBeVisible()
  await expect(mended.getByRole('table', { name: 'First changes' })).toContainText('2022-12-01')
  await expectNoAxeViolations(page)
  await mended.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByText('Corrected 1 row: 1 valid now.')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Operations' })).toContainText('claims_to_mend.csv')
})
