import { createHash } from 'node:crypto'
import { runUnitTest, type ShownRow, type UnitTestResult } from '../../check/run-unit-test.ts'
import { recordGuard } from '../../model/model-guards.ts'
import type { Project, UnitTest } from '../../project/project.ts'
import { openSteps, stepNames } from '../../staging/run-steps.ts'
import type { ModelsContext } from './models-context.ts'

/**
 * Runs the unit tests of models that are not those of the published run, or whose tests are not, and records which fail: rows that are
 * wrong need not break a check. What is the same as then was tested then.
 */
export function testChangedModels({ connection, runId, publishedRun, project }: ModelsContext): void {
  const before = openSteps(connection, publishedRun).resultOf(stepNames.unitTests) as Tested | undefined
  const testsOf = Map.groupBy(project.unitTests, ({ model }) => model)
  const tested: Record<string, string> = {}
  connection.prepare("DELETE FROM assay_run_guard WHERE run_id = ? AND guard = 'unit_test'").run(runId)
  for (const [model, tests] of testsOf) {
    const fingerprint = fingerprintOf(project, model, tests)
    tested[model] = fingerprint
    if (before?.[model] === fingerprint) continue
    const failures = tests.flatMap((test) => {
      const why = whyItFails(() => runUnitTest(connection, project, test))
      return why === null
        ? []
        : [{ severity: test.severity, text: `The unit test ${test.name} of ${model} fails: ${why}.` }]
    })
    if (failures.length === 0) continue
    recordGuard(connection, runId, {
      model,
      guard: 'unit_test',
      status: failures.some(({ severity }) => severity === 'error') ? 'fail' : 'warn',
      value: failures.length,
      low: 0,
      high: 0,
      message: `${failures.map(({ text }) => text).join(' ')} How to see more: assay checks test --model ${model}`,
    })
  }
  openSteps(connection, runId).note(stepNames.unitTests, tested)
}

/** By the names of models: of what they were tested. */
type Tested = Readonly<Record<string, string>>

/** Of all that a test hangs on: it reads nothing of the workspace. */
function fingerprintOf({ models, macros, config }: Project, name: string, tests: readonly UnitTest[]): string {
  const model = models.get(name)
  const inputs = model?.readsModels.map((read) => models.get(read)?.columns ?? null)
  return createHash('sha256')
    .update(JSON.stringify([model?.sql, model?.columns, inputs, macros, config.vars, tests]))
    .digest('hex')
    .slice(0, 16)
}

function whyItFails(run: () => UnitTestResult): string | null {
  try {
    const { status, missing, unexpected } = run()
    return status === 'pass' ? null : differenceOf(missing, unexpected)
  } catch (error) {
    // SQL that SQLite does not understand, or a test that is no test: the model is as untested as with a wrong row.
    return `it cannot be run: ${error instanceof Error ? error.message.replace(/\.$/, '') : String(error)}`
  }
}

/** The first row that is not as expected, in words: beside the row that is most like it, what differs. */
function differenceOf(missing: readonly ShownRow[], unexpected: readonly ShownRow[]): string {
  const [row] = missing
  const others = missing.length + unexpected.length - 1
  if (row === undefined) return `the model also makes ${rowText(unexpected[0] ?? {})}${more(others)}`
  const shared = (other: ShownRow) => Object.keys(row).filter((column) => row[column] === other[column])
  const nearest = unexpected.toSorted((one, other) => shared(other).length - shared(one).length)[0]
  if (nearest === undefined || shared(nearest).length === 0)
    return `the model does not make ${rowText(row)}${more(others)}`
  const same = shared(nearest)
  const differs = Object.keys(row)
    .filter((column) => !same.includes(column))
    .map((column) => `${column} is ${nearest[column] ?? 'null'}, and ${row[column] ?? 'null'} is expected`)
  const where = rowText(Object.fromEntries(same.map((column) => [column, row[column] ?? null])))
  return `${differs.join(', ')}, where ${where}${more(others - 1)}`
}

const rowText = (row: ShownRow) =>
  Object.entries(row)
    .map(([column, value]) => `${column} = ${value ?? 'null'}`)
    .join(', ')

const more = (rows: number) => (rows === 0 ? '' : `; ${rows} more ${rows === 1 ? 'row differs' : 'rows differ'}`)
