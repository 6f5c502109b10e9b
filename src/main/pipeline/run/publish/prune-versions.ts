import { inTransaction, quoteName, type Connection } from '../../../store/database.ts'
import type { Log } from '../../../kernel/log.ts'
import { heldTable } from '../../model/compile-model.ts'
import { earliestSeenFrom } from '../../model/held-rows.ts'
import { oldestKeptRun } from './published-runs.ts'
import { writeSetting } from '../../../store/workspace-setting.ts'

/**
 * The tables of which closed versions are dropped in time. How records stood and what was wrong with them is kept for ever: people look
 * it up, and a decision that is undone needs it.
 */
export function prunedTables(connection: Connection): readonly { readonly table: string; readonly only: string }[] {
  const names = connection
    .prepare(
      "SELECT tbl_name FROM sqlite_schema WHERE type = 'index' AND name = tbl_name || '_closed' AND tbl_name <> 'assay_quarantine' ORDER BY 1",
    )
    .pluck()
    .all() as string[]
  return names.map((table) => ({ table, only: table === 'assay_finding' ? ' AND is_quarantined = 0' : '' }))
}

/**
 * Drops the row versions that none of the last `keep` published runs sees; it costs what there is to drop. A run is published by then,
 * so trouble is only logged: the next one tries again.
 */
export function pruneVersions(connection: Connection, keep: number, log: Log): void {
  try {
    inTransaction(connection, () => prune(connection, keep))
  } catch (error) {
    log('warn', `Rows of old runs were not dropped yet: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

function hasColumn(connection: Connection, table: string, column: string): boolean {
  const find = connection.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?')
  return find.get(table, column) !== undefined
}

function prune(connection: Connection, keep: number): void {
  const oldest = connection
    .prepare(
      `SELECT run_id FROM assay_run WHERE status = 'published' AND NOT is_undone
      AND run_id <= (SELECT run_id FROM assay_published) ORDER BY run_id DESC LIMIT 1 OFFSET ?`,
    )
    .pluck()
    .get(keep - 1) as number | undefined
  if (oldest === undefined || oldest <= oldestKeptRun(connection)) return
  const earliest = earliestSeenFrom(connection, oldest)
  const isHeld = `IN (SELECT value FROM ${heldTable} WHERE run_id >= ${oldest})`
  const columns = connection
    .prepare(`SELECT DISTINCT column_name FROM ${heldTable} WHERE run_id >= ?`)
    .pluck()
    .all(oldest) as string[]
  for (const { table, only } of prunedTables(connection)) {
    // Of what is held back older rows are seen: of these values alone, so that a company held for long keeps no other rows.
    const kept = columns.filter((column) => hasColumn(connection, table, column))
    const others = kept.map((column) => ` AND (to_run <= ${earliest} OR ${quoteName(column)} ${isHeld} IS NOT TRUE)`)
    connection.prepare(`DELETE FROM ${quoteName(table)} WHERE to_run <= ?${only}${others.join('')}`).run(oldest)
  }
  // Metrics are kept for ever, but what brings them forward only as far as one can go back.
  connection.prepare('UPDATE assay_metric SET sample = NULL WHERE to_run <= ? AND sample IS NOT NULL').run(oldest)
  connection.prepare('DELETE FROM assay_check_failure WHERE run_id < ?').run(oldest)
  writeSetting(connection, 'oldest_kept_run', oldest)
}
