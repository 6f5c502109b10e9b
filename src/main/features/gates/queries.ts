import type { Connection } from '../../store/database.ts'
import type { Gate, GateOverride } from './protocol.ts'

type GateRow = Omit<Gate, 'learned_from' | 'is_open'> & { readonly learned_from: string; readonly is_open: number }

const gateColumns =
  "run_id, source, gate, nullif(company, '') AS company, status, value, low, high, learned_from, message, " +
  `status = 'held' AND NOT EXISTS (SELECT 1 FROM assay_gate_override AS o
    WHERE o.source = g.source AND o.fingerprint = g.fingerprint AND o.gate = g.gate AND o.company = g.company) AS is_open`
const worstFirst =
  "CASE status WHEN 'held' THEN 0 WHEN 'allowed' THEN 1 WHEN 'warn' THEN 2 WHEN 'pass' THEN 3 ELSE 4 END, source, gate, company"
/** Of a delivery that is held as a whole there may be thousands of companies; the verdict on all of them says how many. */
const mostCompanies = 100
const someCompanies = `SELECT * FROM (
  SELECT *, row_number() OVER (PARTITION BY run_id, company <> '' ORDER BY ${worstFirst}) AS place FROM assay_gate)
  WHERE company = '' OR place <= ${mostCompanies}`

/** What the gates said in a run, the worst on top. */
export function readGates(connection: Connection, runId: number): Gate[] {
  const rows = connection
    .prepare(`SELECT ${gateColumns} FROM (${someCompanies}) AS g WHERE run_id = ? ORDER BY ${worstFirst}`)
    .all(runId) as GateRow[]
  return rows.map(gateOf)
}

/** What the gates said in the last runs that had a delivery or hold companies, newest first. */
export function listGates(connection: Connection, limit: number): Gate[] {
  const rows = connection
    .prepare(
      `SELECT ${gateColumns} FROM (${someCompanies}) AS g WHERE run_id IN (
        SELECT DISTINCT run_id FROM assay_gate JOIN assay_run AS r USING (run_id) WHERE r.kind <> 'preview' ORDER BY run_id DESC LIMIT ?)
      ORDER BY run_id DESC, ${worstFirst}`,
    )
    .all(limit) as GateRow[]
  return rows.map(gateOf)
}

/** What people let through, newest first; of one run, or of all where `runId` is null. */
export function listOverrides(connection: Connection, runId: number | null): GateOverride[] {
  const rows = connection
    .prepare(
      `SELECT run_id, source, gate, nullif(company, '') AS company, value, low, high, who, at, reason, is_expected FROM assay_gate_override
      WHERE run_id = coalesce(?, run_id) ORDER BY override_id DESC LIMIT 500`,
    )
    .all(runId) as (Omit<GateOverride, 'at' | 'expected'> & { at: number; is_expected: number })[]
  return rows.map(({ at, is_expected: isExpected, ...row }) => ({
    ...row,
    at: new Date(at).toISOString(),
    expected: isExpected === 1,
  }))
}

function gateOf({ learned_from: learnedFrom, is_open: isOpen, ...row }: GateRow): Gate {
  return { ...row, learned_from: JSON.parse(learnedFrom) as number[], is_open: isOpen === 1 }
}
