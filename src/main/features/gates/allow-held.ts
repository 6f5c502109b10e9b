import { AppError } from '../../kernel/app-error.ts'
import { recordOverride, type HeldGate, type Override } from '../../pipeline/gate/gate-records.ts'
import type { Connection } from '../../store/database.ts'
import { writeWhenFree } from '../../store/write-when-free.ts'

/** Lets through what the gates of a run held, at once and for these files alone. */
export async function allowHeld(connection: Connection, runId: number, override: Override): Promise<void> {
  await writeWhenFree(connection, () => {
    const held = connection
      .prepare(
        `SELECT run_id AS runId, source, gate, fingerprint, value, low, high FROM assay_gate
        WHERE run_id = ? AND status = 'held' ORDER BY source, gate`,
      )
      .all(runId) as HeldGate[]
    if (held.length === 0)
      throw new AppError('NOT_FOUND', `No gate held a delivery in run ${runId}.`, {
        saved: 'Nothing was changed.',
        hint: 'What the gates held: assay gates list.',
      })
    for (const gate of held) recordOverride(connection, gate, override)
  })
}
