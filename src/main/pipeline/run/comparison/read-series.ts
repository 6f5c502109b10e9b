import { AppError } from '../../../kernel/app-error.ts'
import { formatters } from '../../../kernel/format-value.ts'
import type { Connection } from '../../../store/database.ts'
import type { HistoryPoint } from '../../drift/history-point.ts'
import type { Band } from '../../drift/learn-band.ts'
import { measuredColumns } from '../../metric/metric-records.ts'
import type { Workbench } from '../open-workbench.ts'
import { bookHistory, bookKinds, readBooks } from './book-differences.ts'
import { historyOf } from './find-differences.ts'
import { judgeValue } from './judge-value.ts'
import { squaredBand } from './judge-difference.ts'
import { measuredName } from './measured-name.ts'
import { metricTitles, type MetricKey } from './metric-key.ts'
import { columnKinds, type MetricKind, type MetricUnit } from './metric-kinds.ts'
import { readFacts, readPastRuns, typeOf, wholeRelation, type PastRun } from './read-history.ts'
import { readLabels, type RunLabel } from './read-labels.ts'

export interface SeriesPoint {
  readonly run_id: number
  readonly as_of: string
  readonly value: number
  /** What the runs before it let expect. */
  readonly band: Band | null
  readonly unusual: number | null
  readonly label: RunLabel | null
  /** False where baselines do not learn from it: an incident, or a change that was expected once. */
  readonly is_learned_from: boolean
}

export interface MetricSeries {
  readonly unit: MetricUnit
  readonly title: string
  readonly points: SeriesPoint[]
}

/** A metric from run to run, oldest first, each value with the band that the runs before it gave. */
export function readSeries(workbench: Workbench, asked: MetricKey, limit: number): MetricSeries {
  const { connection, project } = workbench
  const key = { ...asked, relation: measuredName(project, asked.relation) }
  const past = readPastRuns(connection, workbench.publishedRun(), workbench.publishedRun() + 1)
  const { points, kind, type } = pointsOf(workbench, key, past)
  const isDistance = key.metric === 'distribution'
  return {
    unit: kind.unitOf(type),
    title: titleOf(asked),
    points: points.slice(-limit).map((point) => {
      const { run, day, value, label } = point
      const { band, unusual } = judgeValue({ metric: key.metric, kind, type, value, history: points }, point)
      return {
        run_id: run,
        as_of: formatters.date(day),
        value: isDistance ? value * value : value,
        band: band !== null && isDistance ? squaredBand(band) : band,
        unusual,
        label,
        is_learned_from: label !== 'incident' && label !== 'expected',
      }
    }),
  }
}

interface Points {
  readonly points: readonly HistoryPoint[]
  readonly kind: MetricKind
  readonly type: Parameters<MetricKind['unitOf']>[0]
}

function pointsOf({ connection }: Workbench, key: MetricKey, past: readonly PastRun[]): Points {
  const labels = readLabels(connection)
  if (key.metric === 'quarantined_share' || key.metric === 'updated_share')
    return {
      points: bookHistory(readBooks(connection), key, past, labels),
      kind: bookKinds[key.metric],
      type: 'integer',
    }
  const kind = columnKinds[key.metric]
  if (key.company !== null) return { points: companyHistory(connection, key, past, labels), kind, type: 'integer' }
  const facts = readFacts(connection, (past[0]?.run ?? 1) - 1, key.relation)
  const type = typeOf(facts.of(key.relation, key.scope, key.column ?? wholeRelation))
  return { points: historyOf(facts, key, past, labels), kind, type }
}

/** Rows or share of nulls of one company. */
function companyHistory(
  connection: Connection,
  key: MetricKey,
  past: readonly PastRun[],
  labels: ReturnType<typeof readLabels>,
): readonly HistoryPoint[] {
  if (key.metric !== 'rows' && key.metric !== 'null_share')
    throw new AppError('USAGE', 'Of a single company rows and shares of nulls are kept, and no other metric.')
  const place = measuredColumns(connection, key.relation).findIndex(({ name }) => name === key.column)
  const isDelivered = key.scope === 'delivered'
  const seen = connection.prepare(
    `SELECT rows, measures FROM assay_company_metric WHERE relation = :relation AND scope = :scope AND company = :company
    AND ${isDelivered ? 'from_run = :run' : 'from_run <= :run AND (to_run IS NULL OR to_run > :run)'}`,
  )
  return past.flatMap(({ run, asOf, sources }) => {
    if (isDelivered && !sources.has(key.relation)) return []
    const { relation, scope, company } = key
    const row = seen.get({ relation, scope, company, run }) as { rows: number; measures: string } | undefined
    const nulls = row === undefined ? 0 : ((JSON.parse(row.measures) as number[])[2 * place] ?? 0)
    const value =
      key.metric === 'rows' ? (row?.rows ?? 0) : row === undefined || row.rows === 0 ? null : nulls / row.rows
    return value === null ? [] : [{ run, day: asOf, value, label: labels.of(run, key) }]
  })
}

function titleOf({ relation, scope, column, company, metric }: MetricKey): string {
  const place = column === null ? relation : `${relation}.${column}`
  const part = `${scope === 'delivered' ? ', as delivered' : ''}${company === null ? '' : `, company ${company}`}`
  return `${metric === 'distribution' ? 'Distance from the run before (PSI)' : metricTitles[metric]} of ${place}${part}`
}

/** The last values of several metrics, oldest first, without bands. */
export function readSparklines(
  workbench: Workbench,
  keys: readonly MetricKey[],
  limit: number,
): { key: MetricKey; values: { run_id: number; value: number }[] }[] {
  const past = readPastRuns(workbench.connection, workbench.publishedRun(), workbench.publishedRun() + 1).slice(-limit)
  return keys.map((key) => {
    const { points } = pointsOf(workbench, { ...key, relation: measuredName(workbench.project, key.relation) }, past)
    return { key, values: points.map(({ run, value }) => ({ run_id: run, value })) }
  })
}
