import { AppError } from '../../../kernel/app-error.ts'
import type { Connection } from '../../../store/database.ts'
import type { Model, Project } from '../../project/project.ts'
import { createModelCompiler, type DataState } from '../compile-model.ts'
import { guardSelect } from '../guard-select.ts'
import { openDeadline, TooLong } from './break-off.ts'
import type { MarkedSelect } from './mark-inputs.ts'

export interface AskedModel {
  readonly connection: Connection
  readonly project: Project
  readonly model: Model
  /** Asking ends at that time, by the clock of `performance`. */
  readonly deadline: number
}

/** Asks for single rows of what a model's SELECT joins, in a state of the data, up to a time. */
export interface JoinQuestions {
  /** The first row of a query that is text of the SELECT but for its beginning and end; null where it could not be asked, undefined where there is none. */
  ask(select: MarkedSelect, query: string, scopes: readonly string[]): readonly unknown[] | null | undefined
  /** Why something could not be asked, in words. */
  problem(): string | null
}

export function openQuestions({ connection, project, model, deadline }: AskedModel, state: DataState): JoinQuestions {
  const compiler = createModelCompiler(project, state)
  const inTime = openDeadline(connection, deadline)
  const conditions = typeof state.condition === 'string' ? [state.condition] : state.condition
  const timed = compiler.narrowed({ condition: conditions.map((condition) => `${condition} AND ${inTime}`) })
  let problem: string | null = null
  return {
    ask(select, query, scopes) {
      const sql = inScopes(query, scopes)
      try {
        if (performance.now() > deadline) throw new TooLong()
        // What is guarded is the author's SQL; the condition on the time is ours.
        const granted = compiler.tablesRead(model)
        guardSelect(connection, select.compiled(sql, compiler), granted, `A join of ${model.name}`, model.path)
        return connection.prepare(select.compiled(sql, timed)).raw().get() as readonly unknown[] | undefined
      } catch (error) {
        if (error instanceof TooLong) {
          problem ??= 'Counting took too long, so some joins were not counted.'
          return null
        }
        if (!(error instanceof AppError) && !isSqlError(error)) throw error
        problem ??= `Some joins could not be counted by themselves: ${error.message}`
        return null
      }
    },
    problem: () => problem,
  }
}

/** A query where the names of WITH clauses are known. Each is a scope of its own: an inner one may use a name again. */
function inScopes(query: string, scopes: readonly string[]): string {
  return scopes.reduceRight((sql, scope, index) => {
    const inner = `${scope}\n${sql}`
    return index === 0 ? inner : `SELECT * FROM (\n${inner}\n)`
  }, query)
}

/** An error of the SQL itself, such as an overflow. */
function isSqlError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_ERROR'
}
