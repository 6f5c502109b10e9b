import { newFolder, publishedWorkspace, sampleFeeds } from './feeds.ts'
import { expect, expectNoAxeViolations, expectSettled, test } from './browser.ts'

const links = ['Runs', 'Quarantine', 'Models', 'Compare', 'Checks', 'Enrichment', 'Reports', 'Settings']

test('every screen, in each theme, with data', async ({ page, serve }) => {
  // Eight screens in three themes, each looked at rule by rule.
  await page.goto(await serve(await publishedWorkspace(sampleFeeds(1000))))
  for (const theme of ['Light', 'Dark', 'High contrast']) {
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('radio', { name: theme }).check()
    for (const link of links) {
      await page.getByRole('link', { name: link, exact: true }).click()
      await expect(page.getByRole('heading', { level: 1, name: link })).toBeVisible()
      await expectSettled(page)
      await expectNoAxeViolations(page)
    }
  }
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'contrast')
})

test('every screen of an empty workspace says what to do next', async ({ page, serve }) => {
  await page.goto(await serve(newFolder('workspace')))
  for (const link of links) {
    await page.getByRole('link', { name: link, exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: link })).toBeVisible()
    await expectSettled(page)
    await expectNoAxeViolations(page)
  }
  for (const screen of ['quarantine', 'compare', 'checks', 'reports']) {
    await page.goto(new URL(`/#/${screen}`, page.url()).href)
    await expect(page.getByRole('main').getByRole('link', { name: 'Runs' })).toBeVisible()
  }
})

test('the dark theme follows the system', async ({ page, serve }) => {
  const address = await serve(newFolder('workspace'))
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(address)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
})

test('the palette finds commands and the list of keys names them', async ({ page, serve }) => {
  await page.goto(await serve(newFolder('workspace')))
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Go to Quarantine')
  await expectNoAxeViolations(page)
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Find a command' })
  await expect(palette.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('go set')
  await expect(palette.getByRole('option')).toHaveCount(1)
  await expectNoAxeViolations(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await expect(palette).toHaveCount(0)

  // Arrows stay in sight, further down than the list is high.
  await page.keyboard.press('Control+k')
  await expect(palette.getByRole('combobox')).toBeFocused()
  for (let down = 0; down < 30; down += 1) await page.keyboard.press('ArrowDown')
  await expect(palette.getByRole('option', { selected: true })).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Escape')

  // Keys lead to every screen, and Tab goes on within it.
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await expect(page.getByRole('heading', { level: 1, name: 'Incident' })).toBeVisible()
  await expect(page.getByRole('main')).toBeFocused()

  await page.keyboard.press('Control+k')
  await expect(palette.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('run pipe')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Run pipeline' })).toBeVisible()
})

test('an address that no screen has leads back', async ({ page, serve }) => {
  const address = await serve(newFolder('workspace'))
  await page.goto(address)
  await page.goto(new URL('/#/nowhere', address).href)
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  await page.getByRole('link', { name: 'Go to the start' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible()
})
