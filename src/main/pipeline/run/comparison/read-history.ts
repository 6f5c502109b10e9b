import type { ColumnType } from '../../../kernel/column-type.ts'
import type { Connection } from '../../../store/database.ts'
import { wholeRelation, type MetricScope } from '../../metric/metric-records.ts'
import { isAccepted } from '../publish/published-runs.ts'
import type { MetricFacts } from './metric-kinds.ts'

/** A run that made the state which readers of a later one see. */
export interface PastRun {
  readonly run: number
  readonly asOf: number
  readonly kind: 'feeds' | 'replay' | 'preview'
  /** The sources of which it brought something new. */
  readonly sources: ReadonlySet<string>
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
  return rows.map(({ sources, ...row }) => ({ ...row, sources: new Set(JSON.parse(sources) as string[]) })).toReversed()
}

/** What is kept of a column from one run that measured it to the next. */
export interface MeasuredFacts extends MetricFacts {
  readonly from_run: number
  readonly to_run: number | null
  /** Whether a run without a new delivery measured it next, so that its metrics stand for these: it repaired or repeated them. */
  readonly isReplaced: 0 | 1
  readonly relation: string
  readonly scope: MetricScope
  readonly column_name: string
}

/** The facts of columns from run to run; a column's name is '' for the relation as a whole. */
export interface FactsHistory {
  /** All that are known of a column. */
  of(relation: string, scope: MetricScope, column: string): readonly MeasuredFacts[]
  /** Each relation, scope and column that is known. */
  readonly names: readonly { readonly relation: string; readonly scope: MetricScope; readonly column: string }[]
}

/** Reads the facts of all columns as far back as `oldest`, at once; `only` one relation where it is named. */
export function readFacts(connection: Connection, oldest: number, only: string | null = null): FactsHistory {
  const rows = connection
    .prepare(
      `SELECT from_run, to_run, relation, scope, column_name, type, rows, nulls, distinct_values AS "distinct", total, shift, as_of AS asOf,
        to_run IN (SELECT run_id FROM assay_run AS o WHERE NOT EXISTS (SELECT 1 FROM assay_delivery AS d WHERE d.run_id = o.run_id)) AS isReplaced
      FROM assay_metric JOIN assay_run ON run_id = from_run
      WHERE (to_run IS NULL OR to_run > :oldest) AND (:only IS NULL OR relation = :only) ORDER BY from_run`,
    )
    .all({ oldest, only }) as MeasuredFacts[]
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
export function factsAt(rows: readonly MeasuredFacts[], run: number): MeasuredFacts | undefined {
  return rows.findLast(
    (one) =>
      one.from_run <= run &&
      (one.scope === 'delivered' ? one.from_run === run : one.to_run === null || one.to_run > run),
  )
}

/** The type of a column, or of a relation as a whole. */
export function typeOf(rows: readonly MeasuredFacts[]): ColumnType {
  return rows.at(-1)?.type ?? 'text'
}

export { wholeRelation }
