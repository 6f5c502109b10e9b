import { AppError } from '../../kernel/app-error.ts'
import { quoteName, type Connection, type SqlValue } from '../../store/database.ts'
import type { z } from 'zod'
import type { OutputOf } from '#protocol/method'
import { cellOf, insideValue } from '../../pipeline/run/relation/cell-value.ts'
import type { ModelColumn, modelsMethods } from './protocol.ts'
import type { Relation } from '../../pipeline/run/relation/relation.ts'
import { rowKey } from '../../pipeline/run/relation/row-key.ts'

type RowsInput = z.output<typeof modelsMethods.rows.input>
type Filter = RowsInput['filters'][number]

const comparisons = { equals: 'IS', not_equals: 'IS NOT', at_least: '>=', at_most: '<=' } as const

/** A page of a relation's rows, sorted and filtered in SQL; values come out as a person reads them, integers and booleans as they are. */
export function readRows(
  connection: Connection,
  relation: Relation,
  input: RowsInput,
): OutputOf<typeof modelsMethods.rows> {
  const { columns, key } = relation
  const columnOf = (name: string) => {
    const column = columns.find((candidate) => candidate.name === name)
    if (column === undefined)
      throw new AppError('NOT_FOUND', `${input.name} has no column ${name}.`, {
        place: { table: input.name, field: name },
      })
    return column
  }
  const conditions = input.filters.map((filter) => condition(columnOf(filter.column), filter))
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`
  const values = conditions.flatMap((each) => each.values)
  const sorts = input.sort.map(
    ({ column, direction }) => `${quoteName(columnOf(column).name)} ${direction === 'desc' ? 'DESC' : 'ASC'}`,
  )
  const orderBy = [...sorts, ...key.map(({ name }) => quoteName(name))].join(', ')
  const total = Number(
    connection
      .prepare(`SELECT count(*) FROM ${relation.sql} ${where}`)
      .pluck()
      .get(...values),
  )
  const rows = connection
    .prepare(
      `SELECT ${[...columns, ...key].map((column) => quoteName(column.name)).join(', ')} FROM ${relation.sql} ${where} ORDER BY ${orderBy} LIMIT ? OFFSET ?`,
    )
    .raw()
    .all(...values, input.limit, input.offset) as SqlValue[][]
  return {
    columns: [...columns],
    rows: rows.map((row) => columns.map(({ type }, index) => cellOf(type, row[index] ?? null))),
    keys: rows.map((row) => rowKey(key, row.slice(columns.length))),
    total,
  }
}

function condition(column: ModelColumn, filter: Filter): { sql: string; values: SqlValue[] } {
  const name = quoteName(column.name)
  const text = filter.value
  switch (filter.operator) {
    case 'is_null':
      return { sql: `${name} IS NULL`, values: [] }
    case 'is_not_null':
      return { sql: `${name} IS NOT NULL`, values: [] }
    case 'contains':
    case 'starts_with': {
      const escaped = text.replace(/[\\%_]/g, (character) => `\\${character}`)
      return {
        sql: `${name} LIKE ? ESCAPE '\\'`,
        values: [filter.operator === 'contains' ? `%${escaped}%` : `${escaped}%`],
      }
    }
    case 'equals':
    case 'not_equals':
    case 'at_least':
    case 'at_most':
      return { sql: `${name} ${comparisons[filter.operator]} ?`, values: [insideValue(column, text)] }
  }
}
