import { quoteText, type Connection } from '../../store/database.ts'
import { compileContract, type VerdictContext } from '../contract/compile-contract.ts'
import { compileRecency } from '../contract/recency.ts'
import { runDependentRulesOf, type SourceContract } from '../contract/source-contract.ts'
import { createBatchBuilder } from './batch.ts'
import type { Landing } from './landing.ts'
import { compileStagedKey } from './staged-key.ts'

interface HeldRow {
  readonly arrival: number
  readonly file: string
  readonly line: number
  readonly byte_offset: number
  readonly cells: string
}

const pageSize = 1_000

/**
 * Judges again the rows held back whose verdict hangs on the run or on another source. Those that are valid now land; `mergeReevaluated`
 * then takes them out of the quarantine and gives the others the findings of today. Returns how many are released.
 */
export function reevaluateQuarantine(
  connection: Connection,
  contract: SourceContract,
  context: VerdictContext,
  landing: Landing,
): number {
  connection.exec(`
    DROP TABLE IF EXISTS temp.rejudged;
    CREATE TABLE temp.rejudged (arrival INTEGER PRIMARY KEY, is_released INTEGER);
    DROP TABLE IF EXISTS temp.rejudged_finding;
    CREATE TABLE temp.rejudged_finding (arrival, position, row_id, is_quarantined, field, rule, severity, message, raw_value)`)
  const rules = runDependentRulesOf(contract)
  if (rules.length === 0) return 0
  const judge = compileContract(contract, context)
  const recencyOf = compileRecency(contract)
  const keyOf = compileStagedKey(contract)
  const page = connection.prepare(`
    SELECT arrival, file, line, byte_offset, cells FROM assay_quarantine AS q INDEXED BY assay_quarantine_living
    WHERE to_run IS NULL AND source = ? AND cells IS NOT NULL AND arrival > ? AND EXISTS (
      SELECT 1 FROM assay_finding AS f WHERE f.arrival = q.arrival AND f.to_run IS NULL AND f.rule IN (${rules.map(quoteText).join(', ')}))
    ORDER BY arrival LIMIT ${pageSize}`)
  const rulesOf = connection
    .prepare(
      "SELECT group_concat(field || ':' || rule, '|' ORDER BY position) FROM assay_finding WHERE to_run IS NULL AND arrival = ?",
    )
    .pluck()
  const note = connection.prepare('INSERT INTO temp.rejudged VALUES (?, ?)')
  const addFindings = connection.prepare(`
    INSERT INTO temp.rejudged_finding
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8 FROM jsonb_each(?)`)
  let released = 0
  let last = -1
  for (;;) {
    const rows = page.all(contract.name, last) as HeldRow[]
    if (rows.length === 0) return released
    for (const row of rows) {
      last = row.arrival
      const cells = new Map(Object.entries(JSON.parse(row.cells) as Record<string, string | null>))
      const verdict = judge(contract.fields.map((field) => cells.get(field.name) ?? null))
      const builder = createBatchBuilder(row.file, keyOf !== null)
      if (verdict.isValid) {
        builder.addRow(row.arrival, row.line, recencyOf(verdict.values), keyOf?.(verdict.values) ?? null, verdict)
        const batch = builder.take(0)
        landing.addRows(row.file, batch.rows)
        landing.addFindings(batch.findings)
        note.run(row.arrival, 1)
        released += 1
      } else if (rulesOf.get(row.arrival) !== verdict.findings.map(({ field, rule }) => `${field}:${rule}`).join('|')) {
        builder.addQuarantined(row.arrival, { line: row.line, offset: row.byte_offset }, '', null, verdict.findings)
        addFindings.run(builder.take(0).findings)
        note.run(row.arrival, 0)
      }
    }
  }
}

/** Brings what `reevaluateQuarantine` found into the workspace. Inside the caller's transaction. */
export function mergeReevaluated(connection: Connection, source: string, runId: number): void {
  connection
    .prepare(
      'UPDATE assay_quarantine SET to_run = ? WHERE to_run IS NULL AND arrival IN (SELECT arrival FROM temp.rejudged WHERE is_released)',
    )
    .run(runId)
  connection
    .prepare(
      'UPDATE assay_finding SET to_run = ? WHERE to_run IS NULL AND is_quarantined = 1 AND arrival IN (SELECT arrival FROM temp.rejudged)',
    )
    .run(runId)
  connection
    .prepare(
      `INSERT INTO assay_finding (from_run, arrival, position, source, row_id, is_quarantined, field, rule, severity, message, raw_value)
      SELECT ?, arrival, position, ?, row_id, is_quarantined, field, rule, severity, message, raw_value FROM temp.rejudged_finding`,
    )
    .run(runId, source)
  connection.exec('DROP TABLE temp.rejudged; DROP TABLE temp.rejudged_finding')
}
