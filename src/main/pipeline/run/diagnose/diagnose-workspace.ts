import { statSync } from 'node:fs'
import { AppError } from '../../../kernel/app-error.ts'
import { quoteName, type Connection } from '../../../store/database.ts'
import { openWorkspace } from '../../../store/open-workspace.ts'
import { asideTables } from '../../../store/set-aside.ts'
import { checkPublication, checkRetention, checkSetAside } from './diagnose-publication.ts'
import { restore, type DiagnosisFinding } from './diagnosis.ts'
import { candidateRunOf, candidatesSetAside } from '../publish/candidates.ts'
import { oldestKeptRun, publishedRunOf } from '../publish/published-runs.ts'

export interface Diagnosis {
  readonly ok: boolean
  readonly findings: readonly DiagnosisFinding[]
  readonly facts: Readonly<Record<string, string | number | null>>
}

/** Looks a workspace over: the file itself, its row versions, its books and its quarantine. Changes nothing. */
export function diagnoseWorkspace(workspaceFolder: string): Diagnosis {
  const { connection, databasePath } = openWorkspace(workspaceFolder)
  try {
    const findings = [
      ...checkFile(connection, databasePath),
      ...checkVersions(connection),
      ...checkBooks(connection),
      ...checkQuarantine(connection),
      ...checkPublication(connection),
      ...checkRetention(connection),
      ...checkSetAside(connection),
    ]
    const published = publishedRunOf(connection)
    const one = (sql: string) => connection.prepare(sql).pluck().get() as number | string | null
    const facts = {
      workspace: workspaceFolder,
      bytes: statSync(databasePath).size,
      workspace_version: Number(connection.pragma('user_version', { simple: true })),
      runs: one('SELECT count(*) FROM assay_run'),
      published_run: published === 0 ? null : published,
      candidate_run: candidateRunOf(connection),
      candidates_set_aside: candidatesSetAside(connection).join(', ') || null,
      oldest_kept_run: oldestKeptRun(connection) || null,
      open_quarantine: one("SELECT count(*) FROM assay_quarantine WHERE to_run IS NULL AND state = 'open'"),
    }
    return { ok: findings.every((finding) => finding.severity !== 'error'), findings, facts }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CORRUPT'))
      throw new AppError('WORKSPACE_DAMAGED', `${databasePath} is damaged: ${error.message}.`, {
        place: { file: databasePath },
        saved: 'The file was left as it is.',
        hint: restore,
        cause: error,
      })
    throw error
  } finally {
    connection.close()
  }
}

function checkFile(connection: Connection, path: string): readonly DiagnosisFinding[] {
  return (connection.pragma('integrity_check(20)') as { integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((message) => message !== 'ok')
    .map((message) => ({
      severity: 'error',
      what: `The database file is damaged: ${message}.`,
      where: path,
      hint: restore,
    }))
}

/** Every versioned table: no version ends before it begins, and none belongs to a run that is not recorded or that was taken back. */
function checkVersions(connection: Connection): readonly DiagnosisFinding[] {
  const tables = connection
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB ? AND EXISTS (SELECT 1 FROM pragma_table_info(sqlite_schema.name) WHERE name = 'from_run')",
    )
    .pluck()
    .all(asideTables) as string[]
  return tables.flatMap((table) => {
    const wrong = Number(
      connection
        .prepare(
          `SELECT count(*) FROM ${quoteName(table)} WHERE to_run < from_run OR from_run NOT IN (SELECT run_id FROM assay_run WHERE NOT is_undone)
          OR (to_run IS NOT NULL AND to_run NOT IN (SELECT run_id FROM assay_run WHERE NOT is_undone))`,
        )
        .pluck()
        .get(),
    )
    return wrong === 0
      ? []
      : [{ severity: 'error' as const, what: `${wrong} row versions belong to no run.`, where: table, hint: restore }]
  })
}

function checkBooks(connection: Connection): readonly DiagnosisFinding[] {
  const rows = connection
    .prepare(
      `SELECT run_id, source FROM assay_run_source
      WHERE rows_read + released + withdrawn <> inserted + updated + unchanged + superseded + quarantined`,
    )
    .all() as { run_id: number; source: string }[]
  return rows.map(({ run_id, source }) => ({
    severity: 'error',
    what: `The book of ${source} does not balance.`,
    where: `run ${run_id}`,
    hint: restore,
  }))
}

function checkQuarantine(connection: Connection): readonly DiagnosisFinding[] {
  const bare = Number(
    connection
      .prepare(
        `SELECT count(*) FROM assay_quarantine AS q WHERE to_run IS NULL AND state = 'open' AND NOT EXISTS (
          SELECT 1 FROM assay_finding AS f WHERE f.arrival = q.arrival AND f.to_run IS NULL AND f.severity = 'error')`,
      )
      .pluck()
      .get(),
  )
  return bare === 0
    ? []
    : [
        {
          severity: 'error',
          what: `${bare} quarantined rows have no reason.`,
          where: 'assay_quarantine',
          hint: restore,
        },
      ]
}
