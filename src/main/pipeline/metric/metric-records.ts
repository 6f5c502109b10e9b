import type { ColumnType } from '../../kernel/column-type.ts'
import { inTransaction, quoteText, type Connection } from '../../store/database.ts'
import { isLiving, noteFirstVersion, undoRunIn } from '../../store/versioned-table.ts'
import type { ColumnMetric } from './column-metric.ts'
import type { MeasuredColumn } from './column-meter.ts'
import type { MeasuredRelation } from './measure-relation.ts'
import { packDetail, packSample, unpackDetail, unpackSample } from './pack-detail.ts'

/** state: all rows that a run left; delivered: those of a source that the run staged new or changed. */
export type MetricScope = 'state' | 'delivered'

/** So many deliveries know all weekdays, and vary far less than the last one alone. */
export const heldAgainst = 10

/** The row of a relation as a whole, beside those of its columns. */
export const wholeRelation = ''

interface MetricRow {
  readonly column_name: string
  readonly type: ColumnType
  readonly rows: number
  readonly nulls: number
  readonly distinct_values: number
  readonly minimum: number | null
  readonly maximum: number | null
  readonly total: number | null
  readonly detail: Buffer
  readonly sample: Buffer | null
}

const columnsRead = 'column_name, type, rows, nulls, distinct_values, minimum, maximum, total, detail'

/** The metrics of a relation's columns that a condition on row versions lets see, in their order; none where it was not measured. */
export function readColumnMetrics(
  connection: Connection,
  relation: string,
  scope: MetricScope,
  condition: string,
): readonly ColumnMetric[] {
  const rows = connection
    .prepare(
      `SELECT ${columnsRead} FROM assay_metric
      WHERE relation = ? AND scope = ? AND column_name <> '${wholeRelation}' AND ${condition} ORDER BY from_run, position`,
    )
    .all(relation, scope) as MetricRow[]
  return rows.map(metricOf)
}

/** The columns of a relation that were measured last, in their order; none where it was not measured. */
export function measuredColumns(
  connection: Connection,
  relation: string,
): readonly { readonly name: string; readonly type: ColumnType }[] {
  return connection
    .prepare(
      `SELECT column_name AS name, type FROM assay_metric
      WHERE relation = ? AND scope = 'state' AND column_name <> '${wholeRelation}' AND ${isLiving} ORDER BY position`,
    )
    .all(relation) as { name: string; type: ColumnType }[]
}

/** How many rows of a relation were measured last; undefined where it was not measured yet. */
export function measuredRows(connection: Connection, relation: string): number | undefined {
  return connection
    .prepare(
      `SELECT rows FROM assay_metric WHERE relation = ? AND scope = 'state' AND column_name = '${wholeRelation}' AND ${isLiving}`,
    )
    .pluck()
    .get(relation) as number | undefined
}

/** The last metrics of a relation, to be brought forward; undefined where it was not measured yet. */
export function readMeasured(connection: Connection, relation: string): MeasuredRelation | undefined {
  const rows = connection
    .prepare(
      `SELECT ${columnsRead}, sample FROM assay_metric WHERE relation = ? AND scope = 'state' AND ${isLiving} ORDER BY position`,
    )
    .all(relation) as MetricRow[]
  const [whole, ...columns] = rows
  if (whole === undefined) return undefined
  const companies = connection
    .prepare(
      `SELECT company, rows, measures FROM assay_company_metric WHERE relation = ? AND scope = 'state' AND ${isLiving}`,
    )
    .all(relation) as { company: string; rows: number; measures: string }[]
  return {
    rows: whole.rows,
    columns: columns.map((row) => ({ metric: metricOf(row), sample: unpackSample(row.sample) })),
    companies: new Map(
      companies.map(({ company, rows: ofCompany, measures }) => [
        company,
        [ofCompany, ...(JSON.parse(measures) as number[])],
      ]),
    ),
  }
}

function metricOf(row: MetricRow): ColumnMetric {
  return {
    column: row.column_name,
    type: row.type,
    rows: row.rows,
    nulls: row.nulls,
    distinct: row.distinct_values,
    min: row.minimum,
    max: row.maximum,
    sum: row.total,
    detail: unpackDetail(row.detail),
  }
}

/** How far a column's distribution lies from earlier ones, the last of which the run `since` measured; null where they cannot be compared. */
export type ShiftOf = (earlier: readonly ColumnMetric[], after: ColumnMetric, since: number) => number | null

/** Keeps a relation's metrics as row versions of the run, also where they are the same: so one knows when it was measured. Inside the caller's transaction. */
export function recordMetrics(
  connection: Connection,
  runId: number,
  { relation, scope }: { readonly relation: string; readonly scope: MetricScope },
  measured: MeasuredRelation,
  shiftOf: ShiftOf,
): void {
  noteFirstVersion(connection, runId, 'assay_metric')
  const before = readEarlier(connection, relation, scope)
  const since = Number(
    connection
      .prepare(`SELECT max(from_run) FROM assay_metric WHERE relation = ? AND scope = ? AND ${isLiving}`)
      .pluck()
      .get(relation, scope) ?? 0,
  )
  const close = connection.prepare(
    `UPDATE assay_metric SET to_run = ? WHERE relation = ? AND scope = ? AND ${isLiving}`,
  )
  const insert = connection.prepare(
    `INSERT INTO assay_metric (from_run, relation, scope, column_name, position, type, rows, nulls, distinct_values, minimum, maximum, total,
      shift, detail, sample) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  close.run(runId, relation, scope)
  const whole: MeasuredColumn = { metric: wholeMetric(measured.rows), sample: null }
  for (const [position, { metric, sample }] of [whole, ...measured.columns].entries()) {
    const earlier = before.get(metric.column) ?? []
    insert.run(
      runId,
      relation,
      scope,
      metric.column,
      position,
      metric.type,
      metric.rows,
      metric.nulls,
      metric.distinct,
      metric.min,
      metric.max,
      metric.sum,
      earlier.length === 0 ? null : shiftOf(earlier, metric, since),
      packDetail(metric.detail),
      scope === 'state' ? packSample(sample) : null,
    )
  }
  recordCompanies(connection, runId, relation, scope, measured)
}

/** Takes back what a run recorded before it was broken off: it goes on from what the run before it left. */
export function takeBackMetrics(connection: Connection, runId: number): void {
  inTransaction(connection, () => {
    for (const table of ['assay_metric', 'assay_company_metric']) undoRunIn(connection, runId, table)
  })
}

/** By column what a new version is held against, the last first: of all rows the version before, of a delivery those of several runs. */
function readEarlier(
  connection: Connection,
  relation: string,
  scope: MetricScope,
): ReadonlyMap<string, readonly ColumnMetric[]> {
  const condition =
    scope === 'state'
      ? isLiving
      : `from_run IN (SELECT DISTINCT from_run FROM assay_metric WHERE relation = ${quoteText(relation)} AND scope = 'delivered'
          ORDER BY from_run DESC LIMIT ${heldAgainst})`
  const metrics = readColumnMetrics(connection, relation, scope, condition)
  return Map.groupBy(metrics.toReversed(), ({ column }) => column)
}

function wholeMetric(rows: number): ColumnMetric {
  const detail = { values: [], isComplete: false, bins: [], lengths: [], shapes: [] }
  return { column: wholeRelation, type: 'text', rows, nulls: 0, distinct: 0, min: null, max: null, sum: null, detail }
}

function recordCompanies(
  connection: Connection,
  runId: number,
  relation: string,
  scope: MetricScope,
  { companies }: MeasuredRelation,
): void {
  noteFirstVersion(connection, runId, 'assay_company_metric')
  const living = new Map(
    (
      connection
        .prepare(
          `SELECT version, company, rows, measures FROM assay_company_metric WHERE relation = ? AND scope = ? AND ${isLiving}`,
        )
        .all(relation, scope) as { version: number; company: string; rows: number; measures: string }[]
    ).map((row) => [row.company, row]),
  )
  const close = connection.prepare('UPDATE assay_company_metric SET to_run = ? WHERE version = ?')
  const insert = connection.prepare(
    'INSERT INTO assay_company_metric (from_run, relation, scope, company, rows, measures) VALUES (?, ?, ?, ?, ?, ?)',
  )
  for (const [company, [rows = 0, ...others]] of companies) {
    const measures = JSON.stringify(others)
    const known = living.get(company)
    living.delete(company)
    // What was delivered is of one run, also where it is the same as before.
    if (known?.rows === rows && known.measures === measures && scope === 'state') continue
    if (known !== undefined) close.run(runId, known.version)
    insert.run(runId, relation, scope, company, rows, measures)
  }
  for (const { version } of living.values()) close.run(runId, version)
}
