import { describe, expect, test } from 'vitest'
import { judgeSuite } from '../../scripts/tests/judge-suite.ts'
import type { SuiteReport, TestResult } from '../../scripts/tests/suite-report.ts'
import { isGreen, summarize } from '../../scripts/tests/summarize.ts'

function result(name: string, state: TestResult['state'], file = 'a.test.ts'): TestResult {
  return { file, name, state }
}

function report(...tests: readonly TestResult[]): SuiteReport {
  return { tests, errors: [] }
}

describe('a suite that was run once more', () => {
  test('counts a test that recovered as passed, and names it', () => {
    const verdict = judgeSuite(report(result('x', 'failed'), result('y', 'passed')), report(result('x', 'passed')))
    expect(verdict).toMatchObject({ passed: 2, failed: [], flaky: [{ name: 'x' }] })
  })

  test('names a test as flaky that passed first and failed beside a repeated one', () => {
    const again = report(result('x', 'passed'), result('y', 'failed'))
    const verdict = judgeSuite(report(result('x', 'failed'), result('y', 'passed')), again)
    expect(verdict).toMatchObject({ passed: 2, failed: [], flaky: [{ name: 'x' }, { name: 'y' }] })
  })

  test.each(['failed', 'skipped'] as const)('fails a test that is %s the second time', (state) => {
    expect(judgeSuite(report(result('x', 'failed')), report(result('x', state)))).toMatchObject({
      passed: 0,
      failed: [{ name: 'x' }],
    })
  })

  test('takes the second result of a test that its broken file skipped', () => {
    const first = report(result('', 'failed'), result('x', 'skipped'), result('y', 'skipped'))
    const verdict = judgeSuite(first, report(result('x', 'passed'), result('y', 'failed')))
    expect(verdict).toMatchObject({ passed: 1, skipped: 0, failed: [{ name: 'y' }], flaky: [{ name: '' }] })
  })

  test('fails a test that was not run the second time', () => {
    expect(judgeSuite(report(result('x', 'failed')), report())).toMatchObject({ passed: 0, failed: [{ name: 'x' }] })
  })

  test('fails a file that did not load and is not there the second time', () => {
    const again = report(result('x', 'passed', 'b.test.ts'))
    expect(judgeSuite(report(result('', 'failed')), again)).toMatchObject({ failed: [{ file: 'a.test.ts' }] })
  })

  test('counts the tests of a file that loads the second time', () => {
    const again = report(result('x', 'passed'), result('y', 'skipped'), result('z', 'failed'))
    expect(judgeSuite(report(result('', 'failed')), again)).toMatchObject({
      passed: 1,
      skipped: 1,
      failed: [{ name: 'z' }],
      flaky: [{ name: '' }],
    })
  })
})

test('an error outside of tests fails the gate, in either run', () => {
  const broken: SuiteReport = { tests: [result('x', 'passed')], errors: ['no browser'] }
  const failed = report(result('x', 'failed'))
  for (const verdict of [judgeSuite(broken, null), judgeSuite(failed, broken)]) {
    const verdicts = new Map([['unit', verdict]])
    expect(isGreen(verdicts)).toBe(false)
    expect(summarize(verdicts)).toContain(
      'Errors outside of tests:\n  unit  no browser\n1 passed, 1 failed, 0 skipped\n',
    )
  }
})
