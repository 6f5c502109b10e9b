import { quoteName, type Connection } from '../../../store/database.ts'
import { asideTables } from '../../../store/set-aside.ts'
import { isSeenBy } from '../../../store/versioned-table.ts'
import { restore, type DiagnosisFinding } from './diagnosis.ts'
import { prunedTables } from '../publish/prune-versions.ts'
import { oldestKeptRun, publishedRunOf } from '../publish/published-runs.ts'

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

/** What is set aside belongs to runs that can be brought back, and all of it is there. */
export function checkSetAside(connection: Connection): readonly DiagnosisFinding[] {
  const kept = new Map(
    connection.prepare('SELECT kept_in, aside_group FROM assay_aside_table').raw().all() as [string, number][],
  )
  const present = connection
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB ?")
    .pluck()
    .all(asideTables) as string[]
  const isLost = [...kept.keys()].some((name) => !present.includes(name))
  const strange = present.filter((name) => {
    const runs = `SELECT run_id FROM assay_run WHERE aside_group = ${kept.get(name) ?? 'NULL'}`
    const others = `SELECT 1 FROM ${quoteName(name)} WHERE from_run NOT IN (${runs}) LIMIT 1`
    return !kept.has(name) || connection.prepare(others).get() !== undefined
  })
  const findings: DiagnosisFinding[] = strange.map((name) => ({
    severity: 'error',
    what: 'Row versions are set aside of runs that cannot be brought back.',
    where: name,
    hint: restore,
  }))
  if (isLost)
    findings.push({
      severity: 'error',
      what: 'Row versions that were set aside are not there, so that their runs cannot be brought back.',
      where: 'assay_aside_table',
      hint: restore,
    })
  return findings
}
