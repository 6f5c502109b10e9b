import type { CheckStatus } from '../../kernel/check-status.ts'
import { quoteName, quoteText, type Connection } from '../../store/database.ts'
import type { ModelCompiler } from '../model/compile-model.ts'
import { guardSelect } from '../model/guard-select.ts'
import type { Check, Model } from '../project/project.ts'
import {
  existsInSlice,
  failingRows,
  isRowCheck,
  rowCondition,
  type MeasureCheck,
  type RowCheck,
} from './failing-rows.ts'
import { findUnmatched } from './find-unmatched.ts'
import { judgeParts } from './judge-parts.ts'
import { measure } from './measure.ts'
import { statusOf } from './threshold.ts'

export interface CheckOutcome {
  readonly check: Check
  readonly status: CheckStatus
  readonly failures: number
  /** Of a check that measures all rows together: what it found and what was asked; null for one that asks rows one by one. */
  readonly measured: string | null
  readonly expected: string | null
}

/** Whether a check has a query of its own, so that it may look at any row. */
export function holdsQuery({ test }: Check): boolean {
  if (test.kind === 'sum') return test.equals !== null && /\b(select|ref)\b/i.test(test.equals)
  return test.kind === 'expression_is_true' && /\b(select|ref)\b/i.test(test.expression)
}

/** The part of a model outside of which no row changed, nor what it is checked against. */
export interface CheckedSlice {
  readonly compiler: ModelCompiler
  /** Whether a row that fails the check would show in the slice: it looks at nothing else, and no row failed it before. */
  isEnough(check: Check): boolean
}

/** What checks run on. */
export interface ChecksContext {
  readonly connection: Connection
  readonly runId: number
  readonly compiler: ModelCompiler
}

/**
 * Runs checks of a model; those that a row alone decides share one pass. All failing rows are kept. With a slice, a check for which it
 * is enough looks there first, and at all rows only if one fails.
 */
export function runChecks(
  context: ChecksContext,
  model: Model,
  checks: readonly Check[],
  slice: CheckedSlice | null,
): readonly CheckOutcome[] {
  const { connection, compiler } = context
  const rowChecks = checks.filter(isRowCheck)
  const inSlice = slice === null ? [] : rowChecks.filter((check) => slice.isEnough(check))
  const clean = new Set<Check>(
    slice === null
      ? []
      : findClean(connection, inSlice, model, slice.compiler, (check) =>
          existsInSlice(check, model, compiler, slice.compiler),
        ),
  )
  const others = rowChecks.filter((check) => !clean.has(check))
  const exists = (check: RowCheck) => `SELECT EXISTS (${failingRows(check, model, compiler)})`
  for (const check of findClean(connection, others, model, compiler, exists)) clean.add(check)
  return checks.map((check) => {
    if (!isRowCheck(check)) return takeMeasure(context, check as MeasureCheck, model)
    const outcome = { check, measured: null, expected: null }
    if (clean.has(check)) return { ...outcome, status: 'pass', failures: 0 }
    const failures = keepRows(context, check, model, failingRows(check, model, compiler))
    return { ...outcome, failures, status: judge(context, check, failures) }
  })
}

/** Those of the checks that no row fails: one pass for those that a row alone decides, and a query each for the others. */
function findClean(
  connection: Connection,
  checks: readonly RowCheck[],
  model: Model,
  compiler: ModelCompiler,
  exists: (check: RowCheck) => string,
): readonly RowCheck[] {
  findUnmatched(connection, checks, model, compiler)
  for (const check of checks)
    if (check.test.kind === 'expression_is_true') guardExpression(connection, check, model, compiler)
  const conditions = new Map(checks.map((check) => [check, rowCondition(check, compiler)]))
  const inOnePass = checks.filter((check) => conditions.get(check) !== null)
  const sums = inOnePass.map((check) => `coalesce(sum(${conditions.get(check)}), 0)`)
  const counted =
    sums.length === 0
      ? []
      : (connection
          .prepare(`SELECT ${sums.join(', ')} FROM ${compiler.relation(model.name)} AS r`)
          .raw()
          .get() as number[])
  const cleanInPass = new Set(inOnePass.filter((_, place) => counted[place] === 0))
  return checks.filter((check) =>
    conditions.get(check) === null ? connection.prepare(exists(check)).pluck().get() === 0 : cleanInPass.has(check),
  )
}

function guardExpression(connection: Connection, check: RowCheck, model: Model, compiler: ModelCompiler): void {
  const readsAlso = { ...model, readsModels: [...model.readsModels, ...check.reads] }
  const granted = new Set([...compiler.tablesRead(readsAlso), model.name])
  guardSelect(connection, failingRows(check, model, compiler), granted, `The check ${check.name}`, check.place)
}

function judge({ connection, runId, compiler }: ChecksContext, check: RowCheck, failures: number): CheckStatus {
  if (check.per === null)
    return statusOf(check, failures, () =>
      Number(
        connection
          .prepare(`SELECT count(*) FROM ${compiler.relation(check.model)}`)
          .pluck()
          .get(),
      ),
    )
  const parts = judgeParts(connection, runId, check, compiler).map(({ status }) => status)
  return parts.includes('fail') ? 'fail' : parts.includes('warn') ? 'warn' : 'pass'
}

/** Measures, and keeps the rows without a value where their share is what is wrong. */
function takeMeasure(context: ChecksContext, check: MeasureCheck, model: Model): CheckOutcome {
  const { connection, compiler } = context
  const { measured, expected, verdict } = measure(connection, check, model, compiler)
  const outcome = { check, measured, expected }
  if (verdict === 'good') return { ...outcome, status: 'pass', failures: 0 }
  const status = verdict === 'bad' && check.severity === 'error' ? 'fail' : 'warn'
  if (check.test.kind !== 'not_null_proportion') return { ...outcome, status, failures: 1 }
  const missing = `SELECT * FROM ${compiler.relation(model.name)} WHERE ${quoteName(check.column ?? '')} IS NULL`
  return { ...outcome, status, failures: Math.max(1, keepRows(context, check, model, missing)) }
}

function keepRows({ connection, runId }: ChecksContext, check: Check, model: Model, rows: string): number {
  const object = model.columns.map((column) => `${quoteText(column.name)}, ${quoteName(column.name)}`).join(', ')
  return connection
    .prepare(`INSERT INTO assay_check_failure SELECT ?, ?, json_object(${object}) FROM (${rows})`)
    .run(runId, check.name).changes
}
