import { formatters } from '../../kernel/format-value.ts'
import type { Connection } from '../../store/database.ts'
import { readGuards } from '../../pipeline/model/model-guards.ts'
import { candidateRunOf, candidatesSetAside } from '../../pipeline/run/publish/candidates.ts'
import { listRollbackTargets, publishedRunOf } from '../../pipeline/run/publish/published-runs.ts'
import { resumableRunOf } from '../../pipeline/run/resume/find-resumable.ts'
import { readHeld } from '../../pipeline/run/models/read-held.ts'
import { seenModels } from '../../pipeline/run/models/seen-rows.ts'
import { stoppedRun } from '../../pipeline/run/publish/take-back-runs.ts'
import { purposeOf } from './run-purpose.ts'
import type { RunDetail, RunSummary } from './protocol.ts'

interface RunRow {
  readonly run_id: number
  readonly kind: RunSummary['kind']
  readonly request: string | null
  readonly status: RunSummary['status']
  readonly is_undone: number
  readonly is_set_aside: number
  readonly is_superseded: number
  readonly as_of: number
  readonly input: string
  readonly started_at: number
  readonly started_by: string
  readonly finished_at: number | null
  readonly resumed_at: number | null
  readonly discarded_by: string | null
  readonly discarded_at: number | null
  readonly discard_reason: string | null
  readonly resumption: string | null
  readonly error: string | null
  readonly rows_read: number
  readonly rows_staged: number
  readonly rows_quarantined: number
  readonly rows_published: number | null
  readonly previous_rows: number | null
  readonly held_parts: number
  readonly has_run_before: number
}

const summaries = `
  SELECT r.run_id, r.kind, r.request, r.status, r.is_undone, r.aside_group IS NOT NULL AS is_set_aside, r.as_of, r.input, r.started_at, r.started_by,
    r.finished_at, r.error, r.resumed_at, r.resumption,
    d.who AS discarded_by, d.at AS discarded_at, d.reason AS discard_reason,
    d.run_id IS NULL AND r.status = 'blocked' AND r.next_arrival IS NOT NULL AND r.is_undone AND r.aside_group IS NULL AND EXISTS (
      SELECT 1 FROM assay_publication AS p WHERE p.kind <> 'rollback' AND p.at > r.started_at) AS is_superseded,
    coalesce(s.rows_read, 0) + coalesce(f.rows_read, 0) AS rows_read, coalesce(s.rows_staged, 0) AS rows_staged, coalesce(s.rows_quarantined, 0) AS rows_quarantined,
    m.rows_published, m.previous_rows,
    (SELECT count(DISTINCT value) FROM assay_run_blocked AS b WHERE b.run_id = r.run_id) AS held_parts,
    coalesce(r.built_on > 0, EXISTS (SELECT 1 FROM assay_run AS b WHERE b.run_id < r.run_id AND b.status = 'published')) AS has_run_before
  FROM assay_run AS r
  LEFT JOIN assay_discard AS d ON d.run_id = r.run_id
  LEFT JOIN (
    SELECT run_id, sum(rows_read) AS rows_read, sum(inserted + updated + unchanged) AS rows_staged, sum(quarantined) AS rows_quarantined
    FROM assay_run_source GROUP BY run_id
  ) AS s ON s.run_id = r.run_id
  LEFT JOIN (
    SELECT run_id, sum(rows_read) AS rows_read FROM assay_run_file
    WHERE NOT EXISTS (SELECT 1 FROM assay_run_source AS b WHERE b.run_id = assay_run_file.run_id AND b.source = assay_run_file.source)
    GROUP BY run_id
  ) AS f ON f.run_id = r.run_id
  LEFT JOIN (
    SELECT run_id, sum(rows) AS rows_published, sum(previous_rows) AS previous_rows FROM ${seenModels} GROUP BY run_id
  ) AS m ON m.run_id = r.run_id`

/** So many of the parts that a run holds back are told with it in the list. */
const firstParts = 5

/** The latest runs, newest first. `isBeingWritten` tells whether a run that says it is running really is. */
export function listRuns(connection: Connection, limit: number, isBeingWritten: () => boolean): RunSummary[] {
  const rows = connection
    .prepare(`${summaries} WHERE r.kind <> 'preview' ORDER BY r.run_id DESC LIMIT ?`)
    .all(limit) as RunRow[]
  const standing = readStanding(connection)
  return rows.map((row) => summaryOf(connection, row, standing, isBeingWritten))
}

/** What the records of a run tell; the rest is of the project. */
export type RecordedRun = Omit<RunDetail, 'source_count' | 'model_count' | 'checks'> & {
  readonly checks: Omit<RunDetail['checks'][number], 'per'>[]
}

/** All that is recorded of a run; undefined where there is no such run. */
export function readRun(connection: Connection, runId: number, isBeingWritten: () => boolean): RecordedRun | undefined {
  const row = connection.prepare(`${summaries} WHERE r.run_id = ?`).get(runId) as RunRow | undefined
  if (row === undefined) return undefined
  const standing = readStanding(connection)
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
    ...summaryOf(connection, row, standing, isBeingWritten),
    has_run_before: row.has_run_before === 1,
    sources: readBooks(connection, runId),
    source_seconds: Object.fromEntries(
      all<{ source: string; seconds: number }>(
        'SELECT source, seconds FROM assay_run_source WHERE run_id = ? AND seconds IS NOT NULL ORDER BY source',
      ).map(({ source, seconds }) => [source, seconds]),
    ),
    models: all(
      `SELECT m.model AS name, m.rows, m.previous_rows, round(m.seconds, 3) AS seconds, p.scope AS built
      FROM ${seenModels} AS m LEFT JOIN assay_run_profile AS p USING (run_id, model) WHERE m.run_id = ? ORDER BY m.position`,
    ),
    checks: all<Omit<RunDetail['checks'][number], 'blocking' | 'per'> & { blocking: number }>(
      'SELECT name, model, column_name AS "column", severity, status, failures, blocking FROM assay_run_check WHERE run_id = ? ORDER BY position',
    ).map((check) => ({ ...check, blocking: check.blocking === 1 })),
    guards: readGuards(connection, runId).flatMap(({ status, ...guard }) =>
      status === 'pass' ? [] : [{ ...guard, status }],
    ),
    held: readHeld(connection, runId),
    limits: all<Omit<RunDetail['limits'][number], 'companies'> & { companies: string }>(
      'SELECT source, max_rows, companies, set_by, reason, held_rows FROM assay_run_limit WHERE run_id = ? ORDER BY source',
    ).map((limit) => ({ ...limit, companies: JSON.parse(limit.companies) as string[] })),
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
  readonly setAside: readonly number[]
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
    setAside: candidatesSetAside(connection),
    resumable: resumableRunOf(connection),
    targets: new Set(listRollbackTargets(connection)),
    publicationsOf: (runId) =>
      (publications.all(runId) as (Omit<RunSummary['publications'][number], 'at'> & { at: number })[]).map(
        ({ at, ...rest }) => ({ at: new Date(at).toISOString(), ...rest }),
      ),
  }
}

function discardOf({ discarded_by: who, discarded_at: at, discard_reason: reason }: RunRow): RunSummary['discarded'] {
  return who === null || at === null ? null : { who, at: new Date(at).toISOString(), reason: reason ?? '' }
}

function summaryOf(connection: Connection, row: RunRow, standing: Standing, isBeingWritten: () => boolean): RunSummary {
  const isStopped = row.status === 'running' && !isBeingWritten()
  const isUndone = row.is_undone === 1 && row.is_set_aside === 0
  const isOver = row.status !== 'running' || isStopped
  return {
    run_id: row.run_id,
    kind: row.kind,
    purpose: purposeOf(row),
    status: isStopped ? 'failed' : row.status,
    is_current: row.run_id === standing.published,
    is_rolled_back: row.status === 'published' && !isUndone && row.run_id > standing.published,
    is_set_aside: row.is_set_aside === 1,
    is_undone: isUndone,
    is_candidate: row.run_id === standing.candidate,
    can_bring_back: standing.setAside.includes(row.run_id),
    is_superseded: row.is_superseded === 1,
    discarded: discardOf(row),
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
    held_parts: row.held_parts,
    held_first: row.held_parts === 0 ? [] : readHeld(connection, row.run_id, firstParts),
    error: isStopped ? stoppedRun : row.error === null ? null : (JSON.parse(row.error) as RunSummary['error']),
  }
}
