import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findTimeLimits } from '../../scripts/tests/find-time-limits.ts'
import { repository } from '../helpers/feeds.ts'

const configurations = ['vitest.config.ts', 'playwright.config.ts']
// Its own cases are what it finds.
const self = join('test', 'gate', 'no-time-limits.test.ts')

test('no test and no configuration of tests has a limit in time that a slow machine could exceed', () => {
  const paths = globSync('test/**/*.ts', { cwd: repository }).filter((path) => path !== self)
  expect(paths.length).toBeGreaterThan(100)
  const found = [...configurations, ...paths].flatMap((path) =>
    findTimeLimits(path, readFileSync(join(repository, path), 'utf8')),
  )
  expect(found).toEqual([])
})

test.each([
  ['an elapsed time', 'expect(performance.now() - begun).toBeLessThan(5_000)', /measures time/],
  ['the start of a measurement', 'const begun = performance.now()', /measures time/],
  ['a difference of dates', 'const took = Date.now() - begun', /measures time/],
  ['process.hrtime', 'const begun = process.hrtime.bigint()', /measures time/],
  ['a clock in a callback', 'times.push(performance . now())', /measures time/],
  ['an imported clock', "import { hrtime } from 'node:process'", /imports a clock/],
  ['a poll', 'await expect.poll(read, { timeout: 2_000 }).toBe(1)', /2000 ms/],
  ['a poll over lines', 'expect.poll(read, {\n  interval: 5,\n  timeout: 2_000,\n})', /^x\.ts:3: .*2000 ms/],
  ['a matcher of a page', 'await expect(row).toBeVisible({ timeout: 3000 })', /3000 ms/],
  ['an option of a test', "test('x', { timeout: 59_999 }, () => {})", /59999 ms/],
  ['a test', "test('x', async () => {\n  await run()\n}, 20_000)", /^x\.ts:3: .*20000 ms/],
  ['a test, formatted over lines', 'test(\n  name,\n  () => {\n  },\n  20_000,\n)', /^x\.ts:5: .*20000 ms/],
  ['a test on one line', "test('x', () => { run() }, 500)", /500 ms/],
  ['a hook', 'beforeAll(() => deliver(9), 30_000)', /30000 ms/],
  ['a signal', 'fetch(url, { signal: AbortSignal.timeout(5000) })', /5000 ms/],
  ['a kill', "setTimeout(() => child.kill('SIGKILL'), 10_000)", /10000 ms/],
  ['a rejection', 'setTimeout(() => reject(new Error()), 500)', /500 ms/],
  ['a test of a browser', 'test.setTimeout(30_000)', /30000 ms/],
  ['an option of a configuration', 'use: { actionTimeout: 15_000 }', /15000 ms/],
  ['another one', 'testTimeout: 20_000,', /20000 ms/],
])('%s is found', (_what, text, problem) => {
  expect(findTimeLimits('x.ts', text)).toEqual([expect.stringMatching(problem)])
})

test.each([
  ['a limit that only catches a hang', 'expect.poll(read, { timeout: 60_000 })'],
  ['a long test', "test('x', () => {\n}, 600_000)"],
  ['no limit', 'test.setTimeout(0)'],
  ['a moment for the product to end at', 'counted(model, { deadline: performance.now() + 200 })'],
  ['a number that is no time', 'expect(rows.length).toBeLessThan(150)'],
  ['a wait', 'await sleep(200)'],
  ['a wait that is resolved', 'new Promise((resolve) => void setTimeout(resolve, 200))'],
  [
    'numbers behind braces within a call',
    'reader.page({ class: null }, 0, 10)\nf({ a }, 5).go()\nbeforeAll(() => run())\nconst rows = deliver({ a }, 9)',
  ],
  ['a comment', '// performance.now() would tell the machine, not the code\n/* { timeout: 5 } */'],
  ['a time that a product is configured with', 'time_limit: 1, model_seconds: 1'],
  ['a text of a project', "'// an address: http://localhost'"],
])('%s is not', (_what, text) => {
  expect(findTimeLimits('x.ts', text)).toEqual([])
})
