import type { Column } from '../../kernel/column-type.ts'
import { formatCell } from '../../kernel/format-value.ts'
import { AppError } from '../../kernel/app-error.ts'
import { parseInside } from '../contract/parse-inside.ts'
import { quoteName, quoteText, type Connection, type SqlValue } from '../../store/database.ts'
import { enrichmentColumns, sourceTable } from '../model/compile-model.ts'
import { guardSelect } from '../model/guard-select.ts'
import { variable } from '../project/load-models.ts'
import type { Project, UnitTest } from '../project/project.ts'
import { renderSql } from '../project/render-sql.ts'
import type { UnitTestRow } from '../project/unit-test-schema.ts'

/** A row as the test's author writes it: every value as text, null for none. */
export type ShownRow = Readonly<Record<string, string | null>>

export interface UnitTestResult {
  readonly name: string
  readonly model: string
  readonly description: string
  readonly status: 'pass' | 'fail'
  /** Rows that were expected and are not among those that the model made. */
  readonly missing: readonly ShownRow[]
  /** Rows that the model made and nobody expected. */
  readonly unexpected: readonly ShownRow[]
}

/**
 * Runs a model's SELECT on given rows in place of what it reads, and compares what it makes with the expected rows, in whatever order:
 * in the columns that these name. Reads and writes nothing of the workspace.
 */
export function runUnitTest(connection: Connection, project: Project, test: UnitTest): UnitTestResult {
  const model = project.models.get(test.model)
  if (model === undefined) throw new AppError('NOT_FOUND', `The project has no model ${test.model}.`)
  const given = (group: string | null, name: string, columns: readonly Column[]) => {
    const rows = test.given.find((input) => input.group === group && input.name === name)?.rows ?? []
    return relationOf(rows, columns, test)
  }
  const days = Object.entries(test.vars).map(([name, value]) => [name, name === 'as_of' ? dayOf(value, test) : value])
  const vars = { ...project.config.vars, ...(Object.fromEntries(days) as Record<string, unknown>) }
  const select = renderSql(model.sql, project.macros, model.path, {
    ref: (name) => given(null, name, columnsOf(project, name)),
    source: (group, name) => given(group, name, sourceColumns(project, group, name)),
    var: (name) => variable(name, vars, model.path),
  })
  guardSelect(connection, select, new Set(), `The model ${model.name} in the unit test ${test.name}`, model.path)
  const named = new Set(test.expected.flatMap((row) => Object.keys(row)))
  const compared = model.columns.filter(({ name }) => named.size === 0 || named.has(name))
  const made = connection
    .prepare(`SELECT ${compared.map(({ name }) => quoteName(name)).join(', ')} FROM (\n${select}\n)`)
    .raw()
    .all() as SqlValue[][]
  const shown = made.map((row): ShownRow =>
    Object.fromEntries(compared.map(({ name, type }, index) => [name, formatCell(type, row[index] ?? null)])),
  )
  const expected = test.expected.map((row): ShownRow =>
    Object.fromEntries(
      compared.map((column) => [
        column.name,
        formatCell(column.type, insideOf(row[column.name] ?? null, column, test)),
      ]),
    ),
  )
  const missing = without(expected, shown)
  const unexpected = without(shown, expected)
  return {
    name: test.name,
    model: test.model,
    description: test.description,
    status: missing.length + unexpected.length === 0 ? 'pass' : 'fail',
    missing,
    unexpected,
  }
}

/** Those of the rows that the others do not have, each as often as it stands more often. */
function without(rows: readonly ShownRow[], others: readonly ShownRow[]): readonly ShownRow[] {
  const left = new Map<string, number>()
  for (const row of others) left.set(JSON.stringify(row), (left.get(JSON.stringify(row)) ?? 0) + 1)
  return rows.filter((row) => {
    const text = JSON.stringify(row)
    const count = left.get(text) ?? 0
    left.set(text, count - 1)
    return count <= 0
  })
}

function columnsOf(project: Project, name: string): readonly Column[] {
  const enrichment = project.enrichments.get(name)
  if (enrichment !== undefined) return enrichmentColumns(enrichment).map((column) => ({ name: column, type: 'text' }))
  return project.models.get(name)?.columns ?? []
}

function sourceColumns(project: Project, group: string, name: string): readonly Column[] {
  const types = new Map(project.contracts.get(name)?.staged.map((column) => [column.name, column.type]))
  const own = (sourceTable(project, group, name)?.columns ?? []).map((column): Column => ({
    name: column,
    type: types.get(column) ?? (numbers.includes(column) ? 'integer' : 'text'),
  }))
  if (group === 'assay') return own
  return [...own, { name: 'is_waived', type: 'boolean' }, { name: 'loaded_run_id', type: 'integer' }]
}

const numbers: readonly string[] = ['arrival', 'position', 'is_quarantined']

/** The rows as a relation to be put behind FROM. */
function relationOf(rows: readonly UnitTestRow[], columns: readonly Column[], test: UnitTest): string {
  for (const row of rows)
    for (const name of Object.keys(row))
      if (!columns.some((column) => column.name === name))
        throw invalidTest(test, `gives a value for ${name}, which its input does not have`)
  const select = (row: UnitTestRow) =>
    `SELECT ${columns.map((column) => `${literal(insideOf(valueOf(row, column), column, test))} AS ${quoteName(column.name)}`).join(', ')}`
  return rows.length === 0 ? `(${select({})} WHERE 0)` : `(${rows.map(select).join(' UNION ALL ')})`
}

/** Rows are not waived unless the test says so. */
function valueOf(row: UnitTestRow, { name }: Column): UnitTestRow[string] {
  return row[name] ?? (name === 'is_waived' ? false : null)
}

function insideOf(value: UnitTestRow[string], { name, type }: Column, test: UnitTest): SqlValue {
  if (value === null) return null
  const inside = parseInside(type, String(value))
  if (inside === undefined) throw invalidTest(test, `has ${String(value)} for ${name}, which is not a ${type}`)
  return inside
}

function literal(value: SqlValue): string {
  return value === null ? 'NULL' : typeof value === 'string' ? quoteText(value) : String(value)
}

function dayOf(value: unknown, test: UnitTest): number {
  const day = parseInside('date', String(value))
  if (typeof day !== 'number') throw invalidTest(test, `has ${String(value)} for as_of, which is not a day`)
  return day
}

function invalidTest(test: UnitTest, what: string): AppError {
  return new AppError('PROJECT_INVALID', `${test.path}: the unit test ${test.name} ${what}.`, {
    place: { file: test.path },
    saved: 'Nothing was changed.',
    hint: 'Mend the unit test, then run it again.',
  })
}
