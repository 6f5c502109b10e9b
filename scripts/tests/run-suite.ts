import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { failedTests, judgeSuite, type SuiteVerdict } from './judge-suite.ts'
import { reportVariable, type SuiteReport } from './suite-report.ts'

/** A test runner, and how it is asked to run one file after the other. */
export interface Suite {
  readonly name: string
  readonly command: readonly string[]
  readonly oneWorker: string
}

const reporters = import.meta.dirname
const packages = resolve(import.meta.dirname, '../../node_modules')

/** Unit, pipeline, protocol and host tests. */
export function vitestSuite(config: string): Suite {
  return {
    name: 'unit',
    command: [
      join(packages, 'vitest/vitest.mjs'),
      'run',
      '--config',
      config,
      '--reporter=default',
      `--reporter=${join(reporters, 'vitest-reporter.ts')}`,
    ],
    oneWorker: '--maxWorkers=1',
  }
}

/** Tests in a browser. */
export function playwrightSuite(config: string): Suite {
  return {
    name: 'browser',
    command: [
      join(packages, '@playwright/test/cli.js'),
      'test',
      '--config',
      config,
      `--reporter=list,${join(reporters, 'playwright-reporter.ts')}`,
    ],
    oneWorker: '--workers=1',
  }
}

/** Runs all tests of a suite, then the files of those that failed once more by themselves: tests of a file may share what they set up. */
export function runSuite(suite: Suite): SuiteVerdict {
  const first = run(suite.name, suite.command)
  const failed = failedTests(first)
  if (failed.length === 0) return judgeSuite(first, null)
  process.stdout.write(`\n${failed.length} failed. Running again, with nothing else at the same time:\n`)
  for (const { file, name } of failed) process.stdout.write(`  ${file}  ${name}\n`)
  const files = new Set(failed.map(({ file }) => file))
  return judgeSuite(first, run(suite.name, [...suite.command, suite.oneWorker, ...files]))
}

function run(name: string, command: readonly string[]): SuiteReport {
  const folder = mkdtempSync(join(tmpdir(), 'assay-report-'))
  const path = join(folder, 'report.json')
  try {
    const { status, signal } = spawnSync(process.execPath, command, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, [reportVariable]: path },
    })
    const ended = `The run of ${name} tests ended with ${signal ?? `exit code ${status}`}`
    if (!existsSync(path)) return { tests: [], errors: [`${ended} and left no report.`] }
    const report = JSON.parse(readFileSync(path, 'utf8')) as SuiteReport
    if (report.tests.length === 0) return { ...report, errors: [...report.errors, `${ended} without running a test.`] }
    if (status === 0 || failedTests(report).length > 0 || report.errors.length > 0) return report
    return { ...report, errors: [`${ended} although no test failed.`] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
