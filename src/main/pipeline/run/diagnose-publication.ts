import { quoteName, type Connection } from '../../store/database.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import { restore, type DiagnosisFinding } from './diagnosis.ts'
import { prunedTables } from './prune-versions.ts'
import { oldestKeptRun } from './published-runs.ts'
import { publishedRunOf } from './run-record.ts'

/** What readers see is a run that was published and not taken back, as the last entry of the publications says; what waits is something they see. */
export function checkPublication(connection: Connection): readonly DiagnosisFinding[] {
  const run = publishedRunOf(connection)
  if (run === 0) return []
  const findings: DiagnosisFinding[] = []
  const add = (what: string, where: string) => findings.push({ severity: 'error', what, where, hint: restore })
  const isThere = connection
    .prepare("SELECT 1 FROM assay_run WHERE run_id = ? AND status = 'published' AND NOT is_undone")
    .get(run)
  if (isThere === undefined) add(`Readers see run ${run}, which was not published or was taken back.`, `run ${run}`)
  const last = connection
    .prepare('SELECT run_id FROM assay_publication ORDER BY publication_id DESC LIMIT 1')
    .pluck()
    .get() as number | undefined
  if (last !== run) add(`Readers see run ${run}, but were given run ${last ?? 'none'} last.`, 'assay_publication')
  const lost = Number(
    connection
      .prepare(
        `SELECT count(*) FROM assay_waiting AS w WHERE NOT EXISTS (
          SELECT 1 FROM assay_quarantine AS q WHERE q.arrival = w.arrival AND ${isSeenBy(run, 'q')})`,
      )
      .pluck()
      .get(),
  )
  if (lost > 0) add(`${lost} records wait for a replay that readers do not see.`, 'assay_waiting')
  return findings
}

/** Row versions that nobody can see any more were dropped. */
export function checkRetention(connection: Connection): readonly DiagnosisFinding[] {
  const oldest = oldestKeptRun(connection)
  return prunedTables(connection).flatMap(({ table, only }): readonly DiagnosisFinding[] => {
    const left = Number(
      connection
        .prepare(`SELECT count(*) FROM ${quoteName(table)} WHERE to_run <= ?${only}`)
        .pluck()
        .get(oldest),
    )
    if (left === 0) return []
    return [
      {
        severity: 'warning',
        what: `${left} row versions are kept that no run sees any more.`,
        where: table,
        hint: 'They do no harm but take room. Report it as a fault of Assay.',
      },
    ]
  })
}
