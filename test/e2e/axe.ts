import { expect } from '@playwright/test'
import type { Frame, Page } from '@playwright/test'
import core from 'axe-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface Finding {
  readonly id: string
  readonly help: string
  readonly where: readonly string[]
}

/** Fails with each finding and the elements concerned when the page as it is breaks a rule of WCAG 2.2 A or AA. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  const findings: Finding[] = []
  for (const frame of page.frames()) findings.push(...(await findViolations(frame)))
  expect(findings, 'accessibility').toEqual([])
}

/** Only what breaks a rule leaves the browser: to describe all that passed takes longer than to look at it. */
async function findViolations(frame: Frame): Promise<readonly Finding[]> {
  // Half a megabyte, once per document.
  if (!(await frame.evaluate(() => 'axe' in globalThis))) await frame.evaluate(core.source)
  return frame.evaluate(async (values) => {
    const { axe } = globalThis as unknown as { readonly axe: typeof core }
    const { violations } = await axe.run(document, {
      runOnly: { type: 'tag', values },
      resultTypes: ['violations'],
      // Each frame is looked at by itself.
      iframes: false,
    })
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.map(({ target }) => target.join(' ')),
    }))
  }, tags)
}
