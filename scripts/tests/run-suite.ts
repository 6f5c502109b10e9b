import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { failedTests, judgeSuite, type SuiteVerdict } from './judge-suite.ts'
import { reportVariable, type SuiteReport, type TestResult } from './suite-report.ts'

/** A test runner, and how it is asked to repeat tests with nothing beside them. */
export interface Suite {
  readonly name: string
  readonly command: readonly string[]
  repeat(failed: readonly TestResult[]): readonly string[]
}

const reporters = import.meta.dirname
const packages = resolve(import.meta.dirname, '../../node_modules')

/** Unit, pipeline, protocol and host tests. Whole files are repeated: tests of a file may share what they set up. */
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
    repeat: (failed) => ['--maxWorkers=1', ...new Set(failed.map(({ file }) => file))],
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
    repeat: (failed) => ['--workers=1', ...failed.map(({ file, line }) => `${file}:${line}`)],
  }
}

/** Runs all tests of a suite, then those that failed once more by themselves. */
export function runSuite(suite: Suite): SuiteVerdict {
  const first = run(suite.name, suite.command)
  const failed = failedTests(first)
  if (failed.length === 0) return judgeSuite(first, null)
  process.stdout.write(`\n${failed.length} failed. Running again, with nothing else at the same time:\n`)
  for (const { file, name } of failed) process.stdout.write(`  ${file}  ${name}\n`)
  return judgeSuite(first, run(suite.name, [...suite.command, ...suite.repeat(failed)]))
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
