import type { Log } from '../../../kernel/log.ts'
import type { Connection } from '../../../store/database.ts'
import { isLiving } from '../../../store/versioned-table.ts'
import { heldByLimit, heldRow } from '../../contract/ingestion-limit.ts'
import { counted, someOf } from '../../gate/words.ts'
import type { Project } from '../../project/project.ts'
import { bookRowsOf } from '../record/source-record.ts'

interface RunLimit {
  readonly source: string
  readonly max_rows: number | null
  readonly companies: string
  readonly set_by: string
  readonly reason: string
}

/** Notes how many of the rows that a run read the limits hold, and logs it: else a small delivery would look like all there was. */
export function noteLimits(connection: Connection, project: Project, runId: number, log: Log): void {
  const limits = connection
    .prepare('SELECT source, max_rows, companies, set_by, reason FROM assay_run_limit WHERE run_id = ? ORDER BY source')
    .all(runId) as RunLimit[]
  // A limit holds a record as a whole, or for its company: naming both lets the index find them.
  const count = connection
    .prepare(
      `SELECT count(DISTINCT arrival) FROM assay_finding
      WHERE is_quarantined = 1 AND field IN (?, ?) AND rule = ? AND source = ? AND from_run = ? AND ${isLiving}`,
    )
    .pluck()
  const note = connection.prepare('UPDATE assay_run_limit SET held_rows = ? WHERE run_id = ? AND source = ?')
  for (const limit of limits) {
    const { source } = limit
    if (!project.contracts.has(source)) continue
    const held = Number(count.get(heldRow.field, project.config.company ?? '', heldByLimit, source, runId))
    note.run(held, runId, source)
    if (held > 0 || bookRowsOf(connection, runId, source).rows_read > 0)
      log(held > 0 ? 'warn' : 'info', sentenceOf(limit, held))
  }
}

function sentenceOf({ source, max_rows: most, companies: names, set_by: by, reason }: RunLimit, held: number): string {
  const without = JSON.parse(names) as string[]
  const size = most === null ? '' : ` of ${counted(most)} ${most === 1 ? 'row' : 'rows'}`
  const companies = without.length === 0 ? '' : ` without ${someOf(without)}`
  const rows = held === 1 ? '1 row was' : `${counted(held)} rows were`
  return `${source}: ${rows} held by the limit${size}${companies} that ${by} set${reason === '' ? '.' : `: ${reason}`}`
}
