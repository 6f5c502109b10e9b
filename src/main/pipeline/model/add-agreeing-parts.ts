import { quoteName, type Connection } from '../../store/database.ts'
import { isSeenByInParts } from '../../store/versioned-table.ts'
import type { Model } from '../project/project.ts'
import type { ModelCompiler } from './compile-model.ts'
import { guardSelect } from './guard-select.ts'
import { runModelSql } from './run-model-sql.ts'
import type { Slice } from './slice-rows.ts'
import { addToSlice, countSlice, openAgreed } from './slice.ts'

interface PartsContext {
  readonly connection: Connection
  readonly publishedRun: number
  /** For the living rows. */
  readonly compiler: ModelCompiler
}

/**
 * Adds to a slice of a model all parts that agree with the values that a SELECT gives of some of the slice's columns: those that had rows
 * before the run, and those that have rows now, by the model's own SELECT. What it reads would not tell: a row may be made of one that has no more
 * than these columns. Returns false where a value is null, since no condition of equality finds its rows.
 */
export function addAgreeingParts(
  { connection, publishedRun, compiler }: PartsContext,
  model: Model,
  slice: Slice,
  columns: readonly string[],
  select: string,
): boolean {
  const agreed = openAgreed(connection, model, columns)
  addToSlice(connection, agreed, select)
  if (countSlice(connection, agreed) === null) return false
  const parts = `SELECT DISTINCT ${slice.columns.map(quoteName).join(', ')} FROM`
  const before = compiler.narrowed({ slice: agreed, condition: isSeenByInParts(publishedRun) })
  const now = compiler.narrowed({ slice: agreed })
  const given = now.select(model)
  guardSelect(connection, given, now.tablesRead(model), `The model ${model.name}`, model.path)
  runModelSql(model, () => {
    addToSlice(connection, slice, `${parts} ${before.relation(model.name)}`)
    addToSlice(connection, slice, `${parts} (\n${given}\n)`)
  })
  return true
}
