// Runs all tests: npm test. Browser tests run even if a unit test failed; a test that failed is run once more by itself.
// node scripts/run-tests.ts [--unit CONFIG] [--browser CONFIG] [--summary FILE]
import { rmSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { playwrightSuite, runSuite, vitestSuite } from './tests/run-suite.ts'
import { isGreen, summarize } from './tests/summarize.ts'
import { makeTemporaryFolder } from './tests/temporary-folder.ts'

const { values } = parseArgs({
  options: {
    unit: { type: 'string', default: 'vitest.config.ts' },
    browser: { type: 'string', default: 'playwright.config.ts' },
    summary: { type: 'string' },
  },
})
const suites = [vitestSuite(values.unit), playwrightSuite(values.browser)]
const folder = makeTemporaryFolder()
process.env['TMPDIR'] = folder
const verdicts = new Map(suites.map((suite) => [suite.name, runSuite(suite)]))
rmSync(folder, { recursive: true, force: true })
const summary = summarize(verdicts)
if (values.summary !== undefined) writeFileSync(values.summary, summary)
process.stdout.write(`\n${summary}`)
process.exitCode = isGreen(verdicts) ? 0 : 1
