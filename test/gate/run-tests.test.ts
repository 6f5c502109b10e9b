import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { repository, temporaryFolder } from '../helpers/feeds.ts'

const suite = 'test/fixtures/flaky-suite'

/** Runs the gate on a small suite in which the named tests fail as often as told. */
function runGate(fails: Readonly<Record<string, number>>) {
  // The runners inside must not take themselves for workers of the runner around them.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|TEST$|NODE_ENV$|ASSAY_TEST_REPORT$)/.test(name),
  )
  const { status, stdout } = spawnSync(
    process.execPath,
    ['scripts/run-tests.ts', '--unit', `${suite}/vitest.config.ts`, '--browser', `${suite}/playwright.config.ts`],
    {
      cwd: repository,
      encoding: 'utf8',
      env: { ...Object.fromEntries(inherited), SUITE_FAILS: JSON.stringify(fails), SUITE_NOTES: temporaryFolder() },
    },
  )
  // After the output of the runners come the findings, then the count.
  const lines = stdout.trimEnd().split('\n')
  return { status, findings: lines.slice(lines.lastIndexOf('') + 1, -1), count: lines.at(-1) }
}

const everyWay = ['unit', 'crash', 'uncaught', 'load', 'hook', 'browser', 'fixture']
const times = (count: number) => Object.fromEntries(everyWay.map((way) => [way, count]))

const flaky = 'Flaky: failed once and passed when run again by itself. Fix the cause:'
const named = [
  `  unit  ${suite}/crash.unit.ts > may crash`,
  `  unit  ${suite}/hook.unit.ts (the file itself)`,
  `  unit  ${suite}/load.unit.ts (the file itself)`,
  `  unit  ${suite}/steady.unit.ts > may fail`,
  `  unit  ${suite}/uncaught.unit.ts (the file itself)`,
  `  browser  ${suite}/hook.browser.ts > first behind a hook`,
  `  browser  ${suite}/hook.browser.ts > second behind a hook`,
  `  browser  ${suite}/page.browser.ts > may fail`,
]

test('tests that fail once, in whichever way, are named as flaky and let the gate pass', () => {
  const { status, findings, count } = runGate(times(1))
  expect({ status, count }).toEqual({ status: 0, count: '10 passed, 0 failed, 1 skipped' })
  expect(findings[0]).toBe(flaky)
  expect(findings.slice(1).toSorted()).toEqual(named.toSorted())
})

test('tests that always fail, in whichever way, fail the gate; browser tests run though unit tests failed', () => {
  const { status, findings, count } = runGate({ ...times(9), browser: 1 })
  expect({ status, count }).toEqual({ status: 1, count: '4 passed, 7 failed, 2 skipped' })
  const recovered = `  browser  ${suite}/page.browser.ts > may fail`
  expect(findings.slice(0, 3)).toEqual([flaky, recovered, 'Failed twice:'])
  expect(findings.slice(3).toSorted()).toEqual(named.filter((line) => line !== recovered).toSorted())
})
