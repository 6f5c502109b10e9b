import { quoteName, quoteText, type Connection } from '../../store/database.ts'
import type { ModelCompiler } from '../model/compile-model.ts'
import { guardSelect } from '../model/guard-select.ts'
import type { Check, Model } from '../project/project.ts'

export interface CheckOutcome {
  readonly check: Check
  readonly status: 'pass' | 'warn' | 'fail'
  readonly failures: number
}

/** The condition that a row fails a check, where that shows in the row alone. */
function rowCondition(check: Check): string | null {
  const column = quoteName(check.column ?? '')
  switch (check.test.kind) {
    case 'not_null':
      return `${column} IS NULL`
    case 'accepted_values':
      return `${column} NOT IN (${check.test.values.map((value) => (typeof value === 'number' ? String(value) : quoteText(value))).join(', ')})`
    case 'expression_is_true':
      return `(${check.test.expression}) IS NOT TRUE`
    case 'unique':
    case 'relationships':
      return null
  }
}

/** A SELECT of the rows that fail a check. */
function failingRows(check: Check, model: Model, compiler: ModelCompiler): string {
  const rows = compiler.relation(model.name)
  const column = quoteName(check.column ?? '')
  const condition = rowCondition(check)
  if (condition !== null) return `SELECT * FROM ${rows} AS r WHERE ${condition}`
  if (check.test.kind === 'relationships')
    return `SELECT * FROM ${rows} AS r WHERE ${column} IS NOT NULL AND ${column} NOT IN (SELECT ${quoteName(check.test.field)} FROM ${compiler.relation(check.test.to)} WHERE ${quoteName(check.test.field)} IS NOT NULL)`
  return `SELECT * FROM ${rows} AS r WHERE ${column} IN (SELECT ${column} FROM ${rows} GROUP BY ${column} HAVING count(*) > 1 AND ${column} IS NOT NULL)`
}

/** Runs the checks of a model on the living rows; checks that a row alone decides share one pass. All failing rows are kept. */
export function runChecks(
  connection: Connection,
  runId: number,
  model: Model,
  compiler: ModelCompiler,
): readonly CheckOutcome[] {
  for (const check of model.checks)
    if (check.test.kind === 'expression_is_true')
      guardSelect(
        connection,
        failingRows(check, model, compiler),
        new Set([...compiler.tablesRead(model), model.name]),
        `The check ${check.name}`,
        model.path,
      )
  const inOnePass = model.checks.filter((check) => rowCondition(check) !== null)
  const sums = inOnePass.map((check) => `coalesce(sum(${rowCondition(check) ?? '0'}), 0)`)
  const counted =
    inOnePass.length === 0
      ? []
      : (connection
          .prepare(`SELECT ${sums.join(', ')} FROM ${compiler.relation(model.name)}`)
          .raw()
          .get() as number[])
  return model.checks.map((check) => {
    const place = inOnePass.indexOf(check)
    const isClean =
      place >= 0
        ? counted[place] === 0
        : connection
            .prepare(`SELECT EXISTS (${failingRows(check, model, compiler)})`)
            .pluck()
            .get() === 0
    if (isClean) return { check, status: 'pass', failures: 0 }
    const object = model.columns.map((column) => `${quoteText(column.name)}, ${quoteName(column.name)}`).join(', ')
    const { changes } = connection
      .prepare(
        `INSERT INTO assay_check_failure SELECT ?, ?, json_object(${object}) FROM (${failingRows(check, model, compiler)})`,
      )
      .run(runId, check.name)
    return { check, status: check.severity === 'error' ? 'fail' : 'warn', failures: changes }
  })
}
