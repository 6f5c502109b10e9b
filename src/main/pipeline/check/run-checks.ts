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

/** Whether a check is an expression with a query of its own, so that it may look at any row. */
export function holdsQuery({ test }: Check): boolean {
  return test.kind === 'expression_is_true' && /\bselect\b/i.test(test.expression)
}

/** The part of a model outside of which no row changed, nor what it is checked against. */
export interface CheckedSlice {
  readonly compiler: ModelCompiler
  /** Whether a row that fails the check would show in the slice: it looks at nothing else, and no row failed it before. */
  isEnough(check: Check): boolean
}

/** Whether a row of a slice fails a check that compares it with other rows. */
function existsInSlice(slice: CheckedSlice, check: Check, model: Model, compiler: ModelCompiler): string {
  if (check.test.kind !== 'unique') return `SELECT EXISTS (${failingRows(check, model, slice.compiler)})`
  const column = quoteName(check.column ?? '')
  return `SELECT EXISTS (SELECT 1 FROM ${compiler.relation(model.name)} WHERE ${column} IN (SELECT ${column} FROM ${slice.compiler.relation(model.name)}) GROUP BY ${column} HAVING count(*) > 1)`
}

/**
 * Runs the checks of a model on the living rows; checks that a row alone decides share one pass. All failing rows are kept. With a slice,
 * a check for which it is enough looks there first, and at all rows only if one fails.
 */
export function runChecks(
  connection: Connection,
  runId: number,
  model: Model,
  compiler: ModelCompiler,
  slice: CheckedSlice | null,
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
  const inSlice = slice === null ? [] : model.checks.filter((check) => slice.isEnough(check))
  const clean = new Set(
    slice === null
      ? []
      : findClean(connection, inSlice, model, slice.compiler, (check) => existsInSlice(slice, check, model, compiler)),
  )
  const others = model.checks.filter((check) => !clean.has(check))
  for (const check of findClean(
    connection,
    others,
    model,
    compiler,
    (other) => `SELECT EXISTS (${failingRows(other, model, compiler)})`,
  ))
    clean.add(check)
  return model.checks.map((check) => {
    if (clean.has(check)) return { check, status: 'pass', failures: 0 }
    const object = model.columns.map((column) => `${quoteText(column.name)}, ${quoteName(column.name)}`).join(', ')
    const { changes } = connection
      .prepare(
        `INSERT INTO assay_check_failure SELECT ?, ?, json_object(${object}) FROM (${failingRows(check, model, compiler)})`,
      )
      .run(runId, check.name)
    return { check, status: check.severity === 'error' ? 'fail' : 'warn', failures: changes }
  })
}

/** Those of the checks that no row fails: one pass for those that a row alone decides, and a query each for the others. */
function findClean(
  connection: Connection,
  checks: readonly Check[],
  model: Model,
  compiler: ModelCompiler,
  exists: (check: Check) => string,
): readonly Check[] {
  const inOnePass = checks.flatMap((check) => {
    const condition = rowCondition(check)
    return condition === null ? [] : [{ check, sum: `coalesce(sum(${condition}), 0)` }]
  })
  const counted =
    inOnePass.length === 0
      ? []
      : (connection
          .prepare(`SELECT ${inOnePass.map(({ sum }) => sum).join(', ')} FROM ${compiler.relation(model.name)}`)
          .raw()
          .get() as number[])
  const cleanInPass = new Set(inOnePass.filter((_, place) => counted[place] === 0).map(({ check }) => check))
  return checks.filter((check) =>
    rowCondition(check) === null ? connection.prepare(exists(check)).pluck().get() === 0 : cleanInPass.has(check),
  )
}
