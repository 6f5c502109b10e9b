import type { Connection } from '../../store/database.ts'
import type { Gate, GateOverride } from './protocol.ts'

type GateRow = Omit<Gate, 'learned_from'> & { readonly learned_from: string }

const gateColumns = 'run_id, source, gate, status, value, low, high, learned_from, message'
const worstFirst =
  "CASE status WHEN 'held' THEN 0 WHEN 'allowed' THEN 1 WHEN 'warn' THEN 2 WHEN 'pass' THEN 3 ELSE 4 END, source, gate"

/** What the gates said in a run, the worst on top. */
export function readGates(connection: Connection, runId: number): Gate[] {
  const rows = connection
    .prepare(`SELECT ${gateColumns} FROM assay_gate WHERE run_id = ? ORDER BY ${worstFirst}`)
    .all(runId) as GateRow[]
  return rows.map(gateOf)
}

/** What the gates said in the last runs that had a delivery, newest first. */
export function listGates(connection: Connection, limit: number): Gate[] {
  const rows = connection
    .prepare(
      `SELECT ${gateColumns} FROM assay_gate WHERE run_id IN (SELECT DISTINCT run_id FROM assay_gate ORDER BY run_id DESC LIMIT ?)
      ORDER BY run_id DESC, ${worstFirst}`,
    )
    .all(limit) as GateRow[]
  return rows.map(gateOf)
}

/** What people let through, newest first; of one run, or of all where `runId` is null. */
export function listOverrides(connection: Connection, runId: number | null): GateOverride[] {
  const rows = connection
    .prepare(
      `SELECT run_id, source, gate, value, low, high, who, at, reason, is_expected FROM assay_gate_override
      WHERE run_id = coalesce(?, run_id) ORDER BY override_id DESC LIMIT 500`,
    )
    .all(runId) as (Omit<GateOverride, 'at' | 'expected'> & { at: number; is_expected: number })[]
  return rows.map(({ at, is_expected: isExpected, ...row }) => ({
    ...row,
    at: new Date(at).toISOString(),
    expected: isExpected === 1,
  }))
}

function gateOf({ learned_from: learnedFrom, ...row }: GateRow): Gate {
  return { ...row, learned_from: JSON.parse(learnedFrom) as number[] }
}
