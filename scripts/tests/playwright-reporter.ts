import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter'
import { reportVariable, withDistinctNames, type SuiteReport, type TestResult } from './suite-report.ts'

/** Writes what Playwright found to the file that `ASSAY_TEST_REPORT` names. */
export default class PlaywrightReporter implements Reporter {
  private root: Suite | undefined
  private readonly errors: string[] = []

  onBegin(_config: unknown, suite: Suite): void {
    this.root = suite
  }

  onError(error: TestError): void {
    this.errors.push(error.message ?? String(error.value))
  }

  onEnd(): void {
    const path = process.env[reportVariable]
    const tests = withDistinctNames((this.root?.allTests() ?? []).map(resultOf))
    // An error outside of tests that also failed one (a fixture of its worker) is told with that test.
    const errors = tests.some(({ state }) => state === 'failed') ? [] : this.errors
    const report: SuiteReport = { tests, errors }
    if (path !== undefined) writeFileSync(path, JSON.stringify(report))
  }

  printsToStdio(): boolean {
    return false
  }
}

function resultOf(test: TestCase): TestResult {
  const { file } = test.location
  const [, , , ...titles] = test.titlePath()
  return { file: relative(process.cwd(), file), name: titles.join(' › '), state: stateOf(test) }
}

function stateOf(test: TestCase): TestResult['state'] {
  switch (test.outcome()) {
    case 'expected':
      return 'passed'
    case 'skipped':
      // One that was never begun, since what comes before it failed, is no skipped one.
      return test.expectedStatus === 'skipped' ? 'skipped' : 'failed'
    default:
      return 'failed'
  }
}
