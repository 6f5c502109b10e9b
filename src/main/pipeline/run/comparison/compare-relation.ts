import { AppError } from '../../../kernel/app-error.ts'
import type { ColumnType } from '../../../kernel/column-type.ts'
import { inSnapshot, type Connection } from '../../../store/database.ts'
import { isSeenBy } from '../../../store/versioned-table.ts'
import { distributionShift } from '../../drift/distribution-shift.ts'
import type { Workbench } from '../open-workbench.ts'
import type { Layer } from '../relation/relation-shapes.ts'
import { metricsAt } from './compare-column.ts'
import { compareRuns } from './compare-runs.ts'
import { requirePair } from './compared-runs.ts'
import { summaryOf, type ColumnSummary } from './column-details.ts'
import type { RowCount } from './count-rows.ts'
import { layerOf } from './layers-of.ts'
import { measuredName } from './measured-name.ts'
import type { Difference, Level, RunPair } from './shapes.ts'

/** A source or a model at two runs: rows, columns, files and companies. */
export interface RelationComparison {
  readonly relation: string
  readonly layer: Layer
  readonly rows: RowCount
  readonly columns: {
    readonly column: string
    readonly type: ColumnType
    readonly before: ColumnSummary | null
    readonly after: ColumnSummary | null
    readonly distance: number | null
    readonly level: Level
  }[]
  readonly files: {
    readonly run_id: number
    readonly file: string
    readonly rows_read: number
    readonly rows_quarantined: number
  }[]
  readonly companies: { readonly name: string; readonly before: number; readonly after: number }[]
  readonly differences: Difference[]
}

const mostCompanies = 200

/** Compares a source or a model at two runs by what was measured of it. */
export function compareRelation(
  workbench: Workbench,
  asked: { readonly a?: number | undefined; readonly b?: number | undefined; readonly relation: string },
): RelationComparison {
  const { connection, project } = workbench
  const pair = requirePair(connection, asked)
  return inSnapshot(connection, () => {
    const comparison = compareRuns(workbench, pair)
    const rows = comparison?.rows.find(({ relation }) => relation === asked.relation)
    if (comparison === null || rows === undefined)
      throw new AppError('NOT_FOUND', `The project has no source or model ${asked.relation}.`, {
        hint: `It has: ${[...project.contracts.keys(), ...project.models.keys()].join(', ')}.`,
      })
    const relation = measuredName(project, asked.relation)
    const differences = comparison.differences.filter((one) => one.relation === relation)
    return {
      relation: asked.relation,
      layer: layerOf(project, asked.relation),
      rows,
      columns: compareColumns(connection, relation, pair, differences),
      files: project.contracts.has(relation) ? readFiles(connection, relation, pair) : [],
      companies: readCompanies(connection, relation, pair),
      differences,
    }
  })
}

const levels: readonly Level[] = ['alarm', 'notable', 'usual']

function compareColumns(
  connection: Connection,
  relation: string,
  { a, b, asOfA, asOfB }: RunPair,
  differences: readonly Difference[],
): RelationComparison['columns'] {
  const before = new Map(metricsAt(connection, relation, 'state', a).map((metric) => [metric.column, metric]))
  const after = new Map(metricsAt(connection, relation, 'state', b).map((metric) => [metric.column, metric]))
  return [...new Set([...after.keys(), ...before.keys()])].map((column) => {
    const [one, other] = [before.get(column), after.get(column)]
    const own = differences.filter((difference) => difference.column === column).map(({ level }) => level)
    return {
      column,
      type: (other ?? one)?.type ?? 'text',
      before: one === undefined ? null : summaryOf(one),
      after: other === undefined ? null : summaryOf(other),
      distance: one === undefined || other === undefined ? null : distributionShift(one, other, asOfB - asOfA),
      level: levels.find((level) => own.includes(level)) ?? 'usual',
    }
  })
}

function readFiles(connection: Connection, source: string, { a, b }: RunPair): RelationComparison['files'] {
  return connection
    .prepare(
      `SELECT run_id, file, rows_read, rows_quarantined FROM assay_run_file
      WHERE source = ? AND run_id > ? AND run_id <= ? AND rejected_reason IS NULL AND NOT is_known ORDER BY run_id DESC, file`,
    )
    .all(source, Math.min(a, b), Math.max(a, b)) as RelationComparison['files']
}

/** Rows by company, the largest change first. */
function readCompanies(connection: Connection, relation: string, { a, b }: RunPair): RelationComparison['companies'] {
  const seen = (run: number) =>
    `SELECT company, rows FROM assay_company_metric WHERE relation = :relation AND scope = 'state' AND ${isSeenBy(run)}`
  return connection
    .prepare(
      `SELECT company AS name, sum("before") AS "before", sum("after") AS "after" FROM (
        SELECT company, rows AS "before", 0 AS "after" FROM (${seen(a)}) UNION ALL SELECT company, 0, rows FROM (${seen(b)}))
      GROUP BY company ORDER BY abs(sum("after") - sum("before")) DESC, sum("after") DESC, company LIMIT ${mostCompanies}`,
    )
    .all({ relation }) as RelationComparison['companies']
}
