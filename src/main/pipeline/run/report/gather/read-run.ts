import { AppError, type ErrorReport } from '../../../../kernel/app-error.ts'
import { formatters } from '../../../../kernel/format-value.ts'
import type { Workbench } from '../../open-workbench.ts'
import { seenModels } from '../../models/seen-rows.ts'
import type { Book, CheckResult, FeedFile, Listed, ModelRows, ReportedRun } from '../report-data.ts'
import type { Mask } from './mask.ts'
import { sayHeldSchema } from './read-held-gates.ts'

const mostFiles = 200

interface RunRow {
  readonly runId: number
  readonly kind: ReportedRun['kind']
  readonly status: ReportedRun['status'] | 'running'
  readonly is_undone: number
  readonly as_of: number
  readonly started_at: number
  readonly started_by: string
  readonly finished_at: number | null
  readonly error: string | null
}

/** The run that a report is about; one that is still going on, or only a preview, is none. */
export function readReportedRun({ connection, isBeingWritten }: Workbench, runId: number, mask: Mask): ReportedRun {
  const row = connection
    .prepare(
      `SELECT run_id AS runId, kind, status, is_undone, as_of, started_at, started_by, finished_at, error FROM assay_run
      WHERE run_id = ? AND kind <> 'preview'`,
    )
    .get(runId) as RunRow | undefined
  if (row === undefined)
    throw new AppError('NOT_FOUND', `There is no run ${runId} in the workspace.`, {
      saved: 'No report was written.',
      hint: 'The runs that there are: assay runs list.',
    })
  if (row.status === 'running' && isBeingWritten())
    throw new AppError('USAGE', `Run ${runId} is still going on.`, {
      saved: 'No report was written.',
      hint: 'Wait until it has ended, then try again.',
    })
  const error = row.error === null ? null : (JSON.parse(row.error) as ErrorReport).message
  return {
    runId,
    kind: row.kind,
    status: row.status === 'running' ? 'failed' : row.status,
    isUndone: row.is_undone === 1,
    asOf: formatters.date(row.as_of),
    startedAt: new Date(row.started_at).toISOString(),
    startedBy: row.started_by,
    finishedAt: row.finished_at === null ? null : new Date(row.finished_at).toISOString(),
    seconds: row.finished_at === null ? null : (row.finished_at - row.started_at) / 1000,
    error:
      row.status === 'running'
        ? 'The run was stopped before it could end.'
        : error && ((mask.isOn ? sayHeldSchema(connection, runId) : null) ?? mask.message(error)),
  }
}

/** The books of a run's sources. */
export function readBooks({ connection }: Workbench, runId: number): readonly Book[] {
  return connection
    .prepare(
      `SELECT source, rows_read AS "read", released, withdrawn, inserted, updated, unchanged, superseded, quarantined AS heldBack
      FROM assay_run_source WHERE run_id = ? ORDER BY source`,
    )
    .all(runId) as Book[]
}

/** The files of a run, those that were rejected first. */
export function readFiles({ connection }: Workbench, runId: number, mask: Mask): Listed<FeedFile> {
  const rows = connection
    .prepare(
      `SELECT file, source, format, encoding, bytes, rows_read AS rowsRead, rows_quarantined AS heldBack, is_known, rejected_reason
      FROM assay_run_file WHERE run_id = ? ORDER BY rejected_reason IS NULL, is_known, source, file`,
    )
    .all(runId) as (Omit<FeedFile, 'isKnown' | 'rejected'> & { is_known: number; rejected_reason: string | null })[]
  return {
    items: rows.slice(0, mostFiles).map(({ is_known: isKnown, rejected_reason: reason, ...file }) => ({
      ...file,
      isKnown: isKnown === 1,
      rejected: reason === null ? null : mask.message(reason),
    })),
    total: rows.length,
  }
}

/** The checks of a run, those that failed first. */
export function readChecks({ connection }: Workbench, runId: number, mask: Mask): Listed<CheckResult> {
  const rows = connection
    .prepare(
      `SELECT name, model, column_name AS "column", severity, status, failures, blocking, measured, expected FROM assay_run_check
      WHERE run_id = ? ORDER BY CASE status WHEN 'fail' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END, position`,
    )
    .all(runId) as (Omit<CheckResult, 'blocking'> & { blocking: number })[]
  return {
    items: rows.map(({ blocking, measured, ...check }) => ({
      ...check,
      blocking: blocking === 1,
      measured:
        measured !== null && check.column !== null ? mask.value(measured, mask.hidesColumn(check.column)) : measured,
    })),
    total: rows.length,
  }
}

/** The rows of a run's models, and what the run published before had. */
export function readModels({ connection }: Workbench, runId: number): readonly ModelRows[] {
  return connection
    .prepare(`SELECT model, rows, previous_rows AS previous FROM ${seenModels} WHERE run_id = ? ORDER BY position`)
    .all(runId) as ModelRows[]
}
