import { AppError } from '../../../kernel/app-error.ts'
import type { ColumnType } from '../../../kernel/column-type.ts'
import type { Connection } from '../../../store/database.ts'
import { isSeenBy } from '../../../store/versioned-table.ts'
import { alignDistributions } from '../../drift/align-distributions.ts'
import type { ColumnMetric } from '../../metric/column-metric.ts'
import { readColumnMetrics, type MetricScope } from '../../metric/metric-records.ts'
import { summaryOf, type ColumnSummary } from './column-details.ts'
import { histogramOf, topValuesOf, shapesOf, type HistogramBin } from './column-pictures.ts'
import { measureDistances, type ColumnDistances } from './measure-distances.ts'
import { compareRuns } from './compare-runs.ts'
import { measuredName } from './measured-name.ts'
import { personalColumns } from './personal-columns.ts'
import { requirePair } from './compared-runs.ts'
import type { Workbench } from '../open-workbench.ts'
import type { Difference } from './shapes.ts'

/** A column of a relation at two runs: its numbers, pictures and distances. */
export interface ColumnComparison extends ColumnDistances {
  readonly relation: string
  readonly scope: MetricScope
  readonly column: string
  readonly type: ColumnType
  readonly is_personal: boolean
  readonly before: ColumnSummary | null
  readonly after: ColumnSummary | null
  readonly histogram: HistogramBin[]
  readonly top_values: HistogramBin[]
  readonly shapes: HistogramBin[]
  readonly differences: Difference[]
}

export interface ColumnQuestion {
  readonly a?: number | undefined
  readonly b?: number | undefined
  readonly relation: string
  readonly scope: MetricScope
  readonly column: string
}

/** Compares a column at two runs by what was measured of it. */
export function compareColumn(workbench: Workbench, asked: ColumnQuestion): ColumnComparison {
  const { connection, project } = workbench
  const pair = requirePair(connection, asked)
  const relation = measuredName(project, asked.relation)
  const { scope, column } = asked
  const [before, after] = [pair.a, pair.b].map((run) => metricAt(connection, relation, scope, run, column))
  const type = (after ?? before)?.type
  if (type === undefined)
    throw new AppError(
      'NOT_FOUND',
      `Nothing was measured of ${asked.relation}.${column} in run ${pair.a} or ${pair.b}.`,
      {
        place: { table: asked.relation, field: column },
        hint: 'The columns of a relation are listed on its page; what was delivered is measured in runs that brought something of the source.',
      },
    )
  const aligned = before === undefined || after === undefined ? null : alignDistributions(before, after)
  const comparison = compareRuns(workbench, { a: pair.a, b: pair.b })
  return {
    relation: asked.relation,
    scope,
    column,
    type,
    is_personal: personalColumns(project).has(column),
    before: before === undefined ? null : summaryOf(before),
    after: after === undefined ? null : summaryOf(after),
    histogram: histogramOf(type, before, after),
    top_values: topValuesOf(type, before, after),
    shapes: type === 'text' ? shapesOf(before, after) : [],
    ...measureDistances(type, aligned),
    differences: (comparison?.differences ?? []).filter((one) => one.relation === relation && one.column === column),
  }
}

/** What was measured of a column in a run; undefined where nothing was. */
function metricAt(
  connection: Connection,
  relation: string,
  scope: MetricScope,
  run: number,
  column: string,
): ColumnMetric | undefined {
  return metricsAt(connection, relation, scope, run).find((metric) => metric.column === column)
}

/** What was measured of all columns of a relation in a run. */
export function metricsAt(
  connection: Connection,
  relation: string,
  scope: MetricScope,
  run: number,
): readonly ColumnMetric[] {
  return readColumnMetrics(connection, relation, scope, scope === 'delivered' ? `from_run = ${run}` : isSeenBy(run))
}
