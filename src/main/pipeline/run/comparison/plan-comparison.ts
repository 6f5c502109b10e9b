import { AppError } from '../../../kernel/app-error.ts'
import { inSnapshot, quoteText, type Connection } from '../../../store/database.ts'
import type { ComparisonTask } from '../../compare/comparison-task.ts'
import { conditionsOf } from '../../model/compile-model.ts'
import { heldStateOf } from '../../model/held-rows.ts'
import { databasePathOf } from '../../../store/open-workspace.ts'
import type { Workbench } from '../open-workbench.ts'
import { modelRecordOf } from '../record/model-record.ts'
import { stateOfRun, type Relation } from '../relation/relation.ts'
import { changedVersions } from './changed-versions.ts'
import { requireComparable } from './require-comparable.ts'

export interface ComparedRuns {
  readonly before: number
  readonly after: number
}

/** A comparison of a relation in two runs, with what a person sees of its rows. */
export interface PlannedComparison {
  readonly relation: Relation
  readonly task: ComparisonTask
  /** Columns of the project that no run has written yet, so that there is nothing to compare. */
  readonly notCompared: readonly string[]
}

/** Changes as soon as a run writes to a table, is undone, or old rows are dropped. */
const stampSql = `SELECT (SELECT count(*) || ' ' || coalesce(max(run_id), 0) FROM assay_run_table) || ' ' ||
  (SELECT count(*) FROM assay_run WHERE is_undone) || ' ' ||
  coalesce((SELECT value FROM assay_setting WHERE name = 'oldest_kept_run'), 0)`

/** Plans to compare the rows of a source, an enrichment or a model in two runs, by the versions that differ where that is enough. */
export function planComparison(workbench: Workbench, name: string, runs: ComparedRuns): PlannedComparison {
  const { connection, workspaceFolder } = workbench
  return inSnapshot(connection, () => {
    const [before, after] = [runs.before, runs.after].map((run) => {
      requireComparable(connection, run)
      return stateOfRun(workbench, run).relationOf(name)
    }) as [Relation, Relation]
    const table = versionedTableOf(workbench, before)
    const written = table === null ? null : writtenColumns(connection, table)
    const isKey = (column: string) => before.key.some((one) => one.name === column)
    const columns = before.columns.filter((column) => !isKey(column.name) && written?.has(column.name) !== false)
    const isPlain =
      table !== null && [runs.before, runs.after].every((run) => seesPlainVersions(workbench, before, table, run))
    const sides = isPlain
      ? changedVersions(
          connection,
          {
            name: table,
            columns: [...before.key, ...columns].map((column) => column.name),
            key: before.key.map((column) => column.name),
          },
          runs,
        )
      : {
          before: { sql: before.sql, countSql: null, expectedRows: rowsOf(connection, runs.before, name) },
          after: { sql: after.sql, countSql: null, expectedRows: rowsOf(connection, runs.after, name) },
        }
    return {
      relation: after,
      notCompared: before.columns.filter(({ name: one }) => written?.has(one) === false).map((column) => column.name),
      task: {
        databasePath: databasePathOf(workspaceFolder),
        ...sides,
        key: before.key.map(({ name: column, type }) => ({ name: column, type })),
        columns: columns.map(({ name: column, type }) => ({ name: column, type })),
        stamp: { sql: stampSql, value: connection.prepare(stampSql).pluck().get() as string },
      },
    }
  })
}

/** The table whose row versions a relation gives; null for a view. */
function versionedTableOf({ project }: Workbench, relation: Relation): string | null {
  if (relation.layer === 'source') return `staged_${relation.name}`
  return project.models.get(relation.name)?.materialized === 'view' ? null : relation.name
}

function writtenColumns(connection: Connection, table: string): ReadonlySet<string> {
  const columns = connection
    .prepare(`SELECT name FROM pragma_table_info(${quoteText(table)})`)
    .pluck()
    .all() as string[]
  if (columns.length > 0) return new Set(columns)
  throw new AppError('NOT_FOUND', `No run has written rows of ${table} yet.`, { hint: 'Run the pipeline first.' })
}

/** Whether readers of a run see of a table just the versions of that run, and not some parts as earlier runs left them. */
function seesPlainVersions(
  { connection, project }: Workbench,
  relation: Relation,
  table: string,
  run: number,
): boolean {
  const held = heldStateOf(connection, project, run)
  return conditionsOf({ condition: '', ...held }, table, relation.allColumns).length === 1
}

const rowsOf = (connection: Connection, run: number, model: string) =>
  modelRecordOf(connection, run, model)?.rows ?? null
