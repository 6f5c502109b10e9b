import type { SuiteReport, TestResult } from './suite-report.ts'

/** What a suite comes to after its failed tests were run once more. */
export interface SuiteVerdict {
  readonly passed: number
  readonly skipped: number
  /** Failed in both runs. */
  readonly failed: readonly TestResult[]
  /** Failed in one run and passed in the other; they count as passed. */
  readonly flaky: readonly TestResult[]
  readonly errors: readonly string[]
}

/** The tests that have to be run once more. */
export function failedTests({ tests }: SuiteReport): TestResult[] {
  return tests.filter(({ state }) => state === 'failed')
}

/** Judges the first run of a suite by the second one, which repeated what had failed; null where nothing was repeated. */
export function judgeSuite(first: SuiteReport, second: SuiteReport | null): SuiteVerdict {
  const repeated = new Map((second?.tests ?? []).map((test) => [keyOf(test), test]))
  const isRepeated = (file: string) => (second?.tests ?? []).some((test) => test.file === file)
  const known = new Set(first.tests.map(keyOf))
  const [failed, flaky, settled]: [TestResult[], TestResult[], TestResult[]] = [[], [], []]
  for (const test of first.tests) {
    const again = repeated.get(keyOf(test))
    if (test.state === 'failed') {
      // A file that failed outside of its tests has no such entry where it loads.
      const passes = test.name === '' ? again === undefined && isRepeated(test.file) : again?.state === 'passed'
      if (passes) flaky.push(test)
      else failed.push(test)
    } else if (test.state === 'passed') {
      settled.push(test)
      if (again?.state === 'failed') flaky.push(test)
    } else if (again?.state === 'failed') {
      failed.push(test)
    } else {
      // A test that was skipped since its file was broken is run the second time.
      settled.push(again ?? test)
    }
  }
  // Tests of a file that could not even be loaded the first time.
  for (const test of repeated.values()) {
    if (known.has(keyOf(test))) continue
    if (test.state === 'failed') failed.push(test)
    else settled.push(test)
  }
  const count = (state: TestResult['state']) => settled.filter((test) => test.state === state).length
  const recovered = flaky.filter((test) => test.name !== '' && !settled.includes(test)).length
  return {
    passed: count('passed') + recovered,
    skipped: count('skipped'),
    failed,
    flaky,
    errors: [...first.errors, ...(second?.errors ?? [])],
  }
}

function keyOf({ file, name }: TestResult): string {
  return `${file}\n${name}`
}
