/** How one test ended. A file that failed outside of its tests (it could not be loaded, a hook failed) is a test without a name. */
export interface TestResult {
  /** Path from the project's root. */
  readonly file: string
  readonly name: string
  readonly state: 'passed' | 'failed' | 'skipped'
}

/** What a test runner reports of one run. */
export interface SuiteReport {
  readonly tests: readonly TestResult[]
  /** What went wrong outside of any test file. */
  readonly errors: readonly string[]
}

/** The variable that tells our reporters which file to write the report to. */
export const reportVariable = 'ASSAY_TEST_REPORT'

/** Numbers tests of the same name in the same file, so that each is told apart in a second run. */
export function withDistinctNames(tests: readonly TestResult[]): TestResult[] {
  const seen = new Map<string, number>()
  return tests.map((test) => {
    const key = `${test.file}\n${test.name}`
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return count === 1 ? test : { ...test, name: `${test.name} (${count})` }
  })
}
