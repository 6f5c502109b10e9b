import { inTransaction, type Connection } from '../../../store/database.ts'
import type { GateName } from '../../gate/delivery.ts'
import { findOverride, saidWithOverride } from '../../gate/gate-records.ts'
import type { Project } from '../../project/project.ts'

/** A company that the gate before a source holds back. */
export interface CompanyHold {
  readonly source: string
  readonly company: string
}

interface HeldRow extends CompanyHold {
  readonly gate: GateName
  readonly fingerprint: string
  readonly message: string
}

/** The companies that gates hold back in a run. */
export function heldByGates(connection: Connection, runId: number): readonly CompanyHold[] {
  return readHeld(connection, runId).map(({ source, company }) => ({ source, company }))
}

/** The names of those that nobody has let through yet. */
export function waitingAtGates(connection: Connection, runId: number): readonly string[] {
  const waiting = readHeld(connection, runId).filter((held) => findOverrideOf(connection, held) === null)
  return [...new Set(waiting.map(({ company }) => company))]
}

/**
 * Holds on to the companies that were held in the published run and of which this run brought nothing to judge, and lets go of those
 * that a person let through since. Done again, as where a run is resumed, it changes nothing more.
 */
export function holdOn(connection: Connection, project: Project, runId: number, publishedRun: number): void {
  const judged = [...project.contracts.values()].flatMap(({ name, gates }) => (gates.per === null ? [] : [name]))
  inTransaction(connection, () => {
    connection
      .prepare(
        `INSERT OR IGNORE INTO assay_gate
        SELECT :runId, source, gate, company, status, value, low, high, expected, learned_from,
          iif(message GLOB 'As in run *', message, 'As in run ' || run_id || ': ' || message), fingerprint
        FROM assay_gate WHERE run_id = :publishedRun AND company <> '' AND status = 'held'
          AND source IN (SELECT value FROM json_each(:judged))`,
      )
      .run({ runId, publishedRun, judged: JSON.stringify(judged) })
    const allow = connection.prepare(
      "UPDATE assay_gate SET status = 'allowed', message = ? WHERE run_id = ? AND source = ? AND gate = ? AND company = ?",
    )
    for (const held of readHeld(connection, runId)) {
      const override = findOverrideOf(connection, held)
      const { source, gate, company, message } = held
      if (override !== null) allow.run(saidWithOverride(message, override), runId, source, gate, company)
    }
  })
}

/** Holds the companies that another run held, as a proof of it does. */
export function holdAgain(connection: Connection, runId: number, companies: readonly CompanyHold[]): void {
  const hold = connection.prepare(
    `INSERT INTO assay_gate (run_id, source, gate, company, status, learned_from, message, fingerprint)
    VALUES (?, ?, 'volume', ?, 'held', '[]', '', '')`,
  )
  inTransaction(connection, () => {
    for (const { source, company } of companies) hold.run(runId, source, company)
  })
}

const findOverrideOf = (connection: Connection, { source, fingerprint, gate, company }: HeldRow) =>
  findOverride(connection, { source, fingerprint }, gate, company)

function readHeld(connection: Connection, runId: number): readonly HeldRow[] {
  return connection
    .prepare(
      `SELECT source, company, gate, fingerprint, message FROM assay_gate
      WHERE run_id = ? AND company <> '' AND status = 'held' ORDER BY source, company`,
    )
    .all(runId) as HeldRow[]
}
