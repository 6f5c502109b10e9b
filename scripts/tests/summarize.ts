import type { SuiteVerdict } from './judge-suite.ts'
import type { TestResult } from './suite-report.ts'

/** What is printed after all suites: what is flaky, what failed, and how many tests there were. */
export function summarize(verdicts: ReadonlyMap<string, SuiteVerdict>): string {
  const lines: string[] = []
  const all = [...verdicts]
  const list = (title: string, of: (verdict: SuiteVerdict) => readonly string[]) => {
    const found = all.flatMap(([suite, verdict]) => of(verdict).map((text) => `  ${suite}  ${text}`))
    if (found.length > 0) lines.push(title, ...found)
  }
  list('Flaky: failed once and passed when run again by itself. Fix the cause:', ({ flaky }) => flaky.map(nameOf))
  list('Failed twice:', ({ failed }) => failed.map(nameOf))
  list('Errors outside of tests:', ({ errors }) => errors)
  const sum = (of: (verdict: SuiteVerdict) => number) => all.reduce((total, [, verdict]) => total + of(verdict), 0)
  const failed = sum((verdict) => verdict.failed.length + verdict.errors.length)
  lines.push(`${sum(({ passed }) => passed)} passed, ${failed} failed, ${sum(({ skipped }) => skipped)} skipped`)
  return `${lines.join('\n')}\n`
}

/** Whether everything that was run passes. */
export function isGreen(verdicts: ReadonlyMap<string, SuiteVerdict>): boolean {
  return [...verdicts.values()].every(({ failed, errors }) => failed.length === 0 && errors.length === 0)
}

function nameOf({ file, name }: TestResult): string {
  return name === '' ? `${file} (the file itself)` : `${file} > ${name}`
}
