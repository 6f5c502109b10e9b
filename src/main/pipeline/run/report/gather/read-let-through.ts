import type { Connection } from '../../../../store/database.ts'
import type { Decisions } from '../report-data.ts'
import type { Mask } from './mask.ts'

type LetThrough = Decisions['letThrough'][number]

interface LetThroughRow extends Omit<LetThrough, 'at'> {
  readonly at: number
  readonly isSchema: number
}

/** What a person let through although a gate or a check held it. */
export function readLetThrough(connection: Connection, runId: number, mask: Mask): readonly LetThrough[] {
  // Of one delivery and gate the last word counts that was said before the run had ended.
  const rows = connection
    .prepare(
      `SELECT 'Gate ' || g.gate || ' of ' || g.source || iif(g.company = '', '', ', one company') AS what, g.message AS said, o.who, o.at, o.reason, g.gate = 'schema' AS isSchema
      FROM assay_gate AS g JOIN assay_gate_override AS o ON o.override_id = (
        SELECT max(override_id) FROM assay_gate_override AS l WHERE l.source = g.source AND l.gate = g.gate AND l.company = g.company
          AND l.fingerprint = g.fingerprint AND l.at <= (SELECT coalesce(finished_at, started_at) FROM assay_run WHERE run_id = g.run_id))
      WHERE g.run_id = :run AND g.status = 'allowed'
      UNION ALL
      SELECT 'Run ' || run_id, 'A check or a guard had stopped it.', who, at, reason, 0 FROM assay_publication
      WHERE run_id = :run AND kind = 'release'
      ORDER BY 4, 1`,
    )
    .all({ run: runId }) as LetThroughRow[]
  return rows.map(({ isSchema, ...row }) => ({
    ...row,
    at: new Date(row.at).toISOString(),
    // The columns of a file without a header are the values of its first record.
    said: mask.isOn && isSchema === 1 ? 'The columns are not those of earlier deliveries.' : row.said,
    reason: mask.words(row.reason, []),
  }))
}
