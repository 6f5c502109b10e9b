import { quoteName, quoteText } from '../../store/database.ts'
import type { ModelCompiler } from '../model/compile-model.ts'
import type { Check, MeasureTest, Model, RowTest } from '../project/project.ts'
import { unmatchedTable } from './find-unmatched.ts'

/** A check of which rows are asked one by one. */
export type RowCheck = Check & { readonly test: RowTest }

/** A check that measures all rows together. */
export type MeasureCheck = Check & { readonly test: MeasureTest }

const measures: readonly string[] = ['row_count', 'freshness', 'sum', 'not_null_proportion']

/** Whether a check asks rows one by one. */
export function isRowCheck(check: Check): check is RowCheck {
  return !measures.includes(check.test.kind)
}

/** The condition that a row fails a check, where that shows in the row alone. */
export function rowCondition(check: RowCheck, compiler: ModelCompiler): string | null {
  const { test } = check
  const column = quoteName(check.column ?? '')
  switch (test.kind) {
    case 'not_null':
      return `${column} IS NULL`
    case 'accepted_values':
      return `${column} NOT IN (${test.values.map((value) => (typeof value === 'number' ? String(value) : quoteText(value))).join(', ')})`
    case 'between':
      return outsideOf(column, test)
    case 'regex':
      return `${column} IN (SELECT value FROM temp.${quoteName(unmatchedTable(check.name))})`
    case 'expression_is_true':
      return `(${compiler.render(test.expression, check.place.file)}) IS NOT TRUE`
    case 'unique':
    case 'unique_combination':
    case 'relationships':
      return null
  }
}

/** The condition that a value is out of bounds; null is within, as in SQL's own BETWEEN. */
export function outsideOf(
  value: string,
  { min, max, isStrict }: { readonly min: string | null; readonly max: string | null; readonly isStrict: boolean },
): string {
  const below = min === null ? [] : [`${value} ${isStrict ? '<=' : '<'} ${min}`]
  const above = max === null ? [] : [`${value} ${isStrict ? '>=' : '>'} ${max}`]
  return `(${[...below, ...above].join(' OR ')})`
}

/** A SELECT of the rows that fail a check. */
export function failingRows(check: RowCheck, model: Model, compiler: ModelCompiler): string {
  const rows = compiler.relation(model.name)
  const condition = rowCondition(check, compiler)
  if (condition !== null) return `SELECT * FROM ${rows} AS r WHERE ${condition}`
  const column = quoteName(check.column ?? '')
  if (check.test.kind === 'relationships') {
    const field = quoteName(check.test.field)
    return `SELECT * FROM ${rows} AS r WHERE ${column} IS NOT NULL AND ${column} NOT IN (SELECT ${field} FROM ${compiler.relation(check.test.to)} WHERE ${field} IS NOT NULL)`
  }
  const columns = uniqueColumns(check)
  const list = columns.map(quoteName).join(', ')
  if (columns.length === 1)
    return `SELECT * FROM ${rows} AS r WHERE ${list} IN (SELECT ${list} FROM ${rows} GROUP BY ${list} HAVING count(*) > 1 AND ${list} IS NOT NULL)`
  // Nulls are equal to each other here, which IN does not say.
  const isSame = columns.map((name) => `r.${quoteName(name)} IS d.${quoteName(name)}`).join(' AND ')
  return `SELECT r.* FROM (SELECT ${list} FROM ${rows} GROUP BY ${list} HAVING count(*) > 1) AS d CROSS JOIN ${rows} AS r WHERE ${isSame}`
}

/** A query for whether a row of a part of the model, which `slice` compiles, fails a check that compares it with others. */
export function existsInSlice(check: RowCheck, model: Model, compiler: ModelCompiler, slice: ModelCompiler): string {
  if (check.test.kind === 'relationships') return `SELECT EXISTS (${failingRows(check, model, slice)})`
  const columns = uniqueColumns(check)
  const list = columns.map(quoteName).join(', ')
  const part = `SELECT ${list} FROM ${slice.relation(model.name)}`
  if (columns.length === 1)
    return `SELECT EXISTS (SELECT 1 FROM ${compiler.relation(model.name)} WHERE ${list} IN (${part}) GROUP BY ${list} HAVING count(*) > 1)`
  const isSame = columns.map((name) => `r.${quoteName(name)} IS p.${quoteName(name)}`).join(' AND ')
  return `SELECT EXISTS (SELECT 1 FROM (SELECT DISTINCT ${list} FROM (${part})) AS p JOIN ${compiler.relation(model.name)} AS r ON ${isSame} GROUP BY ${columns.map((name) => `p.${quoteName(name)}`).join(', ')} HAVING count(*) > 1)`
}

function uniqueColumns({ column, test }: RowCheck): readonly string[] {
  return test.kind === 'unique_combination' ? test.columns : [column ?? '']
}
