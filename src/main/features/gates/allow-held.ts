import { AppError } from '../../kernel/app-error.ts'
import { recordOverride, type HeldGate, type Override } from '../../pipeline/gate/gate-records.ts'
import type { Connection } from '../../store/database.ts'
import { writeWhenFree } from '../../store/write-when-free.ts'

/** Lets through what the gates of a run held, at once and for these files alone; `companies`: only what they held of these, null for all. */
export async function allowHeld(
  connection: Connection,
  runId: number,
  override: Override,
  companies: readonly string[] | null = null,
): Promise<void> {
  await writeWhenFree(connection, () => {
    const held = connection
      .prepare(
        `SELECT run_id AS runId, source, gate, company, fingerprint, value, low, high FROM assay_gate
        WHERE run_id = :run AND status = 'held' AND (:companies IS NULL OR company IN (SELECT value FROM json_each(:companies)))
        ORDER BY source, gate, company`,
      )
      .all({ run: runId, companies: companies === null ? null : JSON.stringify(companies) }) as HeldGate[]
    const unknown = (companies ?? []).find((company) => !held.some((gate) => gate.company === company))
    if (held.length === 0 || unknown !== undefined)
      throw new AppError('NOT_FOUND', `No gate held ${unknown ?? 'a delivery'} in run ${runId}.`, {
        saved: 'Nothing was changed.',
        hint: 'What the gates held: assay gates list.',
      })
    for (const gate of held) recordOverride(connection, gate, override)
  })
}
