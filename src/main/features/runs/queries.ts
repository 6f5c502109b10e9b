import { formatters } from '../../kernel/format-value.ts'
import type { Connection } from '../../store/database.ts'
import { candidateRunOf, listRollbackTargets } from '../../pipeline/run/published-runs.ts'
import { resumableRunOf } from '../../pipeline/run/find-resumable.ts'
import { publishedRunOf } from '../../pipeline/run/run-record.ts'
import { stoppedRun } from '../../pipeline/run/undo-unpublished.ts'
import type { RunDetail, RunSummary } from './protocol.ts'

interface RunRow {
  readonly run_id: number
  readonly kind: RunSummary['kind']
  readonly status: RunSummary['status']
  readonly is_undone: number
  readonly as_of: number
  readonly input: string
  readonly started_at: number
  readonly started_by: string
  readonly finished_at: number | null
  readonly resumed_at: number | null
  readonly resumption: string | null
  readonly error: string | null
  readonly rows_read: number
  readonly rows_staged: number
  readonly rows_quarantined: number
  readonly rows_published: number | null
  readonly previous_rows: number | null
}

const summaries = `
  SELECT r.run_id, r.kind, r.status, r.is_undone, r.as_of, r.input, r.started_at, r.started_by, r.finished_at, r.error,
    r.resumed_at, r.resumption,
    coalesce(s.rows_read, 0) AS rows_read, coalesce(s.rows_staged, 0) AS rows_staged, coalesce(s.rows_quarantined, 0) AS rows_quarantined,
    m.rows_published, m.previous_rows
  FROM assay_run AS r
  LEFT JOIN (
    SELECT run_id, sum(rows_read) AS rows_read, sum(inserted + updated + unchanged) AS rows_staged, sum(quarantined) AS rows_quarantined
    FROM assay_run_source GROUP BY run_id
  ) AS s ON s.run_id = r.run_id
  LEFT JOIN (
    SELECT run_id, sum(rows) AS rows_published, sum(previous_rows) AS previous_rows FROM assay_run_model GROUP BY run_id
  ) AS m ON m.run_id = r.run_id`

/** The latest runs, newest first. `isBeingWritten` tells whether a run that says it is running really is. */
export function listRuns(connection: Connection, limit: number, isBeingWritten: () => boolean): RunSummary[] {
  const rows = connection
    .prepare(`${summaries} WHERE r.kind <> 'preview' ORDER BY r.run_id DESC LIMIT ?`)
    .all(limit) as RunRow[]
  const standing = readStanding(connection)
  return rows.map((row) => summaryOf(row, standing, isBeingWritten))
}

/** All that is recorded of a run; undefined where there is no such run. */
export function readRun(connection: Connection, runId: number, isBeingWritten: () => boolean): RunDetail | undefined {
  const row = connection.prepare(`${summaries} WHERE r.run_id = ?`).get(runId) as RunRow | undefined
  if (row === undefined) return undefined
  const all = <Row>(sql: string) => connection.prepare(sql).all(runId) as Row[]
  const files = all<{
    file: string
    source: string
    bytes: number
    rows_read: number
    rows_quarantined: number
    encoding: string
    format: string
    warnings: string
    rejected_reason: string | null
    is_known: number
  }>('SELECT * FROM assay_run_file WHERE run_id = ? ORDER BY source, file')
  return {
    ...summaryOf(row, readStanding(connection), isBeingWritten),
    sources: readBooks(connection, runId),
    models: all(
      'SELECT model AS name, rows, previous_rows, round(seconds, 3) AS seconds FROM assay_run_model WHERE run_id = ? ORDER BY position',
    ),
    checks: all<Omit<RunDetail['checks'][number], 'blocking'> & { blocking: number }>(
      'SELECT name, model, column_name AS "column", severity, status, failures, blocking FROM assay_run_check WHERE run_id = ? ORDER BY position',
    ).map((check) => ({ ...check, blocking: check.blocking === 1 })),
    held: all(
      `SELECT column_name AS "column", CAST(value AS TEXT) AS value, check_name AS "check", since_run FROM assay_run_blocked
      WHERE run_id = ? ORDER BY value, check_name`,
    ),
    files: files
      .filter((file) => file.rejected_reason === null)
      .map(({ file, source, bytes, rows_read, rows_quarantined, encoding, format, warnings, is_known }) => ({
        file,
        source,
        bytes,
        rows_read,
        rows_quarantined,
        encoding,
        format,
        warnings: JSON.parse(warnings) as string[],
        is_known: is_known === 1,
      })),
    rejected_files: files.flatMap(({ file, rejected_reason: reason }) => (reason === null ? [] : [{ file, reason }])),
    exports: connection
      .prepare('SELECT path FROM assay_run_export WHERE run_id = ? ORDER BY path')
      .pluck()
      .all(runId) as string[],
    log: all<{ at: number; level: 'info' | 'warn' | 'error'; message: string }>(
      'SELECT at, level, message FROM assay_run_log WHERE run_id = ? ORDER BY rowid',
    ).map((line) => ({
      ...line,
      at: new Date(line.at).toISOString(),
    })),
  }
}

function readBooks(connection: Connection, runId: number): RunDetail['sources'] {
  const rows = connection
    .prepare(
      `SELECT source, rows_read, released, withdrawn, inserted, updated, unchanged, superseded, quarantined, high_water_mark AS mark
      FROM assay_run_source WHERE run_id = ? ORDER BY source`,
    )
    .all(runId) as (Omit<RunDetail['sources'][string], 'high_water_mark'> & { source: string; mark: number | null })[]
  return Object.fromEntries(
    rows.map(({ source, mark, ...book }) => [
      source,
      { ...book, high_water_mark: mark === null ? null : new Date(mark).toISOString() },
    ]),
  )
}

/** How runs stand to each other now. */
interface Standing {
  readonly published: number
  readonly candidate: number | null
  readonly resumable: number | null
  readonly targets: ReadonlySet<number>
  publicationsOf(runId: number): RunSummary['publications']
}

function readStanding(connection: Connection): Standing {
  const publications = connection.prepare(
    'SELECT at, who, kind, reason, previous_run FROM assay_publication WHERE run_id = ? ORDER BY publication_id',
  )
  return {
    published: publishedRunOf(connection),
    candidate: candidateRunOf(connection),
    resumable: resumableRunOf(connection),
    targets: new Set(listRollbackTargets(connection)),
    publicationsOf: (runId) =>
      (publications.all(runId) as (Omit<RunSummary['publications'][number], 'at'> & { at: number })[]).map(
        ({ at, ...rest }) => ({ at: new Date(at).toISOString(), ...rest }),
      ),
  }
}

function summaryOf(row: RunRow, standing: Standing, isBeingWritten: () => boolean): RunSummary {
  const isStopped = row.status === 'running' && !isBeingWritten()
  const isOver = row.status !== 'running' || isStopped
  return {
    run_id: row.run_id,
    kind: row.kind,
    status: isStopped ? 'failed' : row.status,
    is_current: row.run_id === standing.published,
    is_rolled_back: row.status === 'published' && row.is_undone === 0 && row.run_id > standing.published,
    is_undone: row.is_undone === 1,
    is_candidate: row.run_id === standing.candidate,
    can_roll_back: standing.targets.has(row.run_id),
    can_resume: isOver && row.run_id === standing.resumable,
    resumption: row.resumption,
    publications: standing.publicationsOf(row.run_id),
    as_of: formatters.date(row.as_of),
    input: row.input,
    started_at: new Date(row.started_at).toISOString(),
    started_by: row.started_by,
    finished_at: row.finished_at === null ? null : new Date(row.finished_at).toISOString(),
    seconds: row.finished_at === null ? null : (row.finished_at - (row.resumed_at ?? row.started_at)) / 1000,
    rows_read: row.rows_read,
    rows_staged: row.rows_staged,
    rows_quarantined: row.rows_quarantined,
    rows_published: row.rows_published,
    rows_published_change:
      row.rows_published === null || row.previous_rows === null ? null : row.rows_published - row.previous_rows,
    error: isStopped ? stoppedRun : row.error === null ? null : (JSON.parse(row.error) as RunSummary['error']),
  }
}
