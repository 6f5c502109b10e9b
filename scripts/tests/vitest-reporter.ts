import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node'
import { reportVariable, withDistinctNames, type SuiteReport, type TestResult } from './suite-report.ts'

/** Writes what Vitest found to the file that `ASSAY_TEST_REPORT` names. */
export default class VitestReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const path = process.env[reportVariable]
    if (path !== undefined) writeFileSync(path, JSON.stringify(reportOf(modules, errors)))
  }
}

function reportOf(modules: readonly TestModule[], errors: readonly SerializedError[]): SuiteReport {
  // An error that nobody caught fails the file in which it occurred, though each of its tests may have passed.
  const uncaughtIn = new Set(errors.map((error) => error['VITEST_TEST_PATH']))
  const results = modules.flatMap((module) => {
    const tests = [...module.children.allTests()].map((test) => resultOf(module, test))
    const isBroken =
      uncaughtIn.has(module.moduleId) ||
      (module.state() !== 'passed' && module.state() !== 'skipped' && !tests.some(isFailed))
    return isBroken ? [...tests, { file: fileOf(module), name: '', state: 'failed' as const }] : tests
  })
  const isAttributed = results.some(isFailed)
  return {
    tests: withDistinctNames(results),
    errors: errors
      // A worker that died names no file; the files it left unfinished are failed above.
      .filter((error) => error['VITEST_TEST_PATH'] === undefined && !isAttributed)
      .map(({ message }) => message),
  }
}

function isFailed({ state }: TestResult): boolean {
  return state === 'failed'
}

function resultOf(module: TestModule, test: TestCase): TestResult {
  const { state } = test.result()
  // One that is still pending was cut off with its process.
  return { file: fileOf(module), name: test.fullName, state: state === 'pending' ? 'failed' : state }
}

function fileOf(module: TestModule): string {
  return relative(process.cwd(), module.moduleId)
}
