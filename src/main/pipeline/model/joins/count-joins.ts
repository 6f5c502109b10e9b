import type { DataState } from '../compile-model.ts'
import { openQuestions, type AskedModel } from './ask-in-time.ts'
import type { FoundJoin } from './find-joins.ts'
import type { MarkedSelect } from './mark-inputs.ts'

/** A number of rows; `isMore`: there are more, but counting ended there. */
export interface CountedRows {
  readonly rows: number
  readonly isMore: boolean
}

/** The rows on both sides of a join, and those that it gives, before any WHERE; null where they were not counted. */
export interface CountedJoin {
  readonly left: CountedRows | null
  readonly right: CountedRows | null
  readonly out: CountedRows | null
}

export interface JoinCounter extends AskedModel {
  readonly select: MarkedSelect
  /** Counting ends at so many rows: a join of all with all has more than anybody can wait for. */
  readonly mostRows: number
}

/** Counts the rows of joins of a model's SELECT in a state of the data. `problem`: why some could not be counted, in words. */
export function countJoins(
  { select, mostRows, ...asked }: JoinCounter,
  joins: readonly FoundJoin[],
  state: DataState,
): { readonly counted: readonly CountedJoin[]; readonly problem: string | null } {
  const questions = openQuestions(asked, state)
  const known = new Map<string, CountedRows | null>()

  function count(from: string, scopes: readonly string[]): CountedRows | null {
    const key = [...scopes, from].join('\n')
    const found = known.get(key)
    if (found !== undefined) return found
    const rows = questions.ask(
      select,
      `SELECT count(*) FROM (SELECT 1 FROM ${from}\n LIMIT ${mostRows + 1})`,
      scopes,
    )?.[0]
    const counted =
      rows === undefined ? null : { rows: Math.min(Number(rows), mostRows), isMore: Number(rows) > mostRows }
    known.set(key, counted)
    return counted
  }

  const counted = joins.map(({ before, item, all, scopes }) => ({
    left: count(before, scopes),
    right: count(item, scopes),
    out: count(all, scopes),
  }))
  return { counted, problem: questions.problem() }
}
