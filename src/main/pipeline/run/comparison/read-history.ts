import type { ColumnType } from '../../../kernel/column-type.ts'
import type { Connection } from '../../../store/database.ts'
import { wholeRelation, type MetricScope } from '../../metric/metric-records.ts'
import { isAccepted } from '../published-runs.ts'
import type { MetricFacts } from './metric-kinds.ts'

/** A run that made the state which readers of a later one see. */
export interface PastRun {
  readonly run: number
  readonly asOf: number
  readonly kind: 'feeds' | 'replay' | 'preview'
  /** The sources of which it brought something new. */
  readonly sources: ReadonlySet<string>
  /** The next run repaired or repeated it without a new delivery, so that one's metrics stand for it. */
  readonly isReplaced: boolean
}

/** As far back as baselines learn, with a reserve for runs that teach nothing. */
const mostRuns = 200

/** The accepted runs before `run`, oldest first. */
export function readPastRuns(connection: Connection, publishedRun: number, run: number): readonly PastRun[] {
  const rows = connection
    .prepare(
      `SELECT r.run_id AS run, r.as_of AS asOf, r.kind, (SELECT json_group_array(source) FROM assay_delivery AS d WHERE d.run_id = r.run_id) AS sources
      FROM assay_run AS r WHERE ${isAccepted(publishedRun, 'r')} AND r.run_id < ? AND r.kind <> 'preview' ORDER BY r.run_id DESC LIMIT ${mostRuns}`,
    )
    .all(run) as { run: number; asOf: number; kind: PastRun['kind']; sources: string }[]
  let isRepeated = false
  return rows
    .map(({ sources, ...row }) => {
      const brought = new Set(JSON.parse(sources) as string[])
      const isReplaced = isRepeated
      isRepeated = brought.size === 0
      return { ...row, sources: brought, isReplaced }
    })
    .toReversed()
}

interface FactsRow extends Omit<MetricFacts, 'asOf'> {
  readonly from_run: number
  readonly to_run: number | null
  readonly relation: string
  readonly scope: MetricScope
  readonly column_name: string
}

/** The facts of columns from run to run; a column's name is '' for the relation as a whole. */
export interface FactsHistory {
  /** All that are known of a column. */
  of(relation: string, scope: MetricScope, column: string): readonly FactsRow[]
  /** Each relation, scope and column that is known. */
  readonly names: readonly { readonly relation: string; readonly scope: MetricScope; readonly column: string }[]
}

/** Reads the facts of all columns as far back as `oldest`, at once; `only` one relation where it is named. */
export function readFacts(connection: Connection, oldest: number, only: string | null = null): FactsHistory {
  const rows = connection
    .prepare(
      `SELECT from_run, to_run, relation, scope, column_name, type, rows, nulls, distinct_values AS "distinct", total, shift FROM assay_metric
      WHERE (to_run IS NULL OR to_run > :oldest) AND (:only IS NULL OR relation = :only) ORDER BY from_run`,
    )
    .all({ oldest, only }) as FactsRow[]
  const byName = Map.groupBy(rows, ({ relation, scope, column_name: column }) => nameOf(relation, scope, column))
  return {
    of: (relation, scope, column) => byName.get(nameOf(relation, scope, column)) ?? [],
    names: [...byName.values()].flatMap(([first]) =>
      first === undefined ? [] : [{ relation: first.relation, scope: first.scope, column: first.column_name }],
    ),
  }
}

const nameOf = (relation: string, scope: MetricScope, column: string) => `${relation}\n${scope}\n${column}`

/** The facts that a run sees; of what was delivered only those of the run itself. Undefined where there are none. */
export function factsAt(rows: readonly FactsRow[], run: number, asOf: number): MetricFacts | undefined {
  const row = rows.findLast(
    (one) =>
      one.from_run <= run &&
      (one.scope === 'delivered' ? one.from_run === run : one.to_run === null || one.to_run > run),
  )
  if (row === undefined) return undefined
  // A version that an earlier run made has not moved since.
  return { ...row, shift: row.from_run === run ? row.shift : 0, asOf }
}

/** The type of a column, or of a relation as a whole. */
export function typeOf(rows: readonly FactsRow[]): ColumnType {
  return rows.at(-1)?.type ?? 'text'
}

export { wholeRelation }
