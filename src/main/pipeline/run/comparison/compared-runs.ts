import { AppError } from '../../../kernel/app-error.ts'
import { formatters } from '../../../kernel/format-value.ts'
import type { RunStatus } from '../../../kernel/run-status.ts'
import type { Connection } from '../../../store/database.ts'
import { dayOfRun } from '../record/day-of-run.ts'
import { candidateRunOf } from '../publish/candidates.ts'
import { isAccepted, oldestKeptRun, publishedRunOf } from '../publish/published-runs.ts'
import { isMeasured } from '../metrics/measured-runs.ts'
import { readLabels, type RunLabel } from './read-labels.ts'
import type { RunPair } from './shapes.ts'

/** A run that can be compared with another. */
export interface ComparedRun {
  readonly run_id: number
  readonly kind: 'feeds' | 'replay' | 'preview'
  readonly status: RunStatus
  readonly is_current: boolean
  readonly is_candidate: boolean
  readonly as_of: string
  readonly started_at: string
  readonly label: RunLabel | null
  /** Whether its rows are still kept, so that they can be compared row by row. */
  readonly has_rows: boolean
}

interface RunRow {
  readonly run_id: number
  readonly kind: ComparedRun['kind']
  readonly status: ComparedRun['status']
  readonly as_of: number
  readonly started_at: number
}

/** The runs that can be compared, newest first: those that made what readers see, those one can go forth to again, and the candidate. */
export function listComparedRuns(connection: Connection, limit = 500): ComparedRun[] {
  const [published, candidate] = [publishedRunOf(connection), candidateRunOf(connection)]
  const rows = connection
    .prepare(
      `SELECT run_id, kind, status, as_of, started_at FROM assay_run
      WHERE kind <> 'preview' AND ((status = 'published' AND NOT is_undone) OR run_id = ?) ORDER BY run_id DESC LIMIT ?`,
    )
    .all(candidate, limit) as RunRow[]
  const labels = readLabels(connection)
  const oldest = oldestKeptRun(connection)
  return rows.map((row) => ({
    ...row,
    is_current: row.run_id === published,
    is_candidate: row.run_id === candidate,
    as_of: formatters.date(row.as_of),
    started_at: new Date(row.started_at).toISOString(),
    label: labels.of(row.run_id, null),
    has_rows: row.run_id >= oldest,
  }))
}

/** Two runs to compare: those asked for, else the run that readers see and the one published before it. Null where there are no two. */
export function pairOf(
  connection: Connection,
  asked: { readonly a?: number | undefined; readonly b?: number | undefined },
): RunPair | null {
  const published = publishedRunOf(connection)
  const b = asked.b ?? published
  const a = asked.a ?? publishedBefore(connection, b)
  if (a === null || b === 0) return null
  return { a, b, asOfA: asOfComparable(connection, a), asOfB: asOfComparable(connection, b) }
}

/** The run of two that is published but not measured yet, or was ended before it could be; null where both are. */
export function unmeasuredOf(connection: Connection, { a, b }: RunPair): number | null {
  return [b, a].find((run) => !isMeasured(connection, run)) ?? null
}

/** The same, where there must be two of which all is measured. */
export function requirePair(
  connection: Connection,
  asked: { readonly a?: number | undefined; readonly b?: number | undefined },
): RunPair {
  const pair = pairOf(connection, asked)
  if (pair === null)
    throw new AppError('NOT_FOUND', 'There are no two runs to compare yet.', { hint: 'Publish a second run first.' })
  const unmeasured = unmeasuredOf(connection, pair)
  if (unmeasured === null) return pair
  throw new AppError('NOT_FOUND', `Of run ${unmeasured} no values are measured.`, {
    hint: 'It has just been published, or was ended just then: look again in a moment, or compare it row by row. The next run measures anew.',
  })
}

function publishedBefore(connection: Connection, run: number): number | null {
  return (connection
    .prepare(
      `SELECT max(run_id) FROM assay_run AS r WHERE ${isAccepted(publishedRunOf(connection), 'r')} AND kind <> 'preview' AND run_id < ?`,
    )
    .pluck()
    .get(run) ?? null) as number | null
}

function asOfComparable(connection: Connection, run: number): number {
  const comparable = listComparedRuns(connection).map((one) => one.run_id)
  if (!comparable.includes(run))
    throw new AppError('NOT_FOUND', `Run ${run} is none that can be compared.`, {
      saved: 'Nothing was changed.',
      hint:
        comparable.length === 0
          ? 'There is none yet: publish two runs first.'
          : `These can: ${comparable.slice(0, 20).join(', ')}. Runs that failed or were taken back leave nothing to compare; one that is set aside is brought back first.`,
    })
  return dayOfRun(connection, run) ?? 0
}
