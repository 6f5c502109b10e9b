import type { HandlersFor } from '#protocol/method'
import { now } from '../../kernel/clock.ts'
import { userName } from '../../kernel/user-name.ts'
import { requireRun } from '../../pipeline/run/record/require-run.ts'
import { inSnapshot } from '../../store/database.ts'
import type { EngineContext } from '../context.ts'
import { allowHeld } from './allow-held.ts'
import type { gatesMethods } from './protocol.ts'
import { listGates, listOverrides, readGates } from './queries.ts'

/** Answers what is asked about the gates before deliveries, and lets held ones through. */
export function gatesHandlers({ workbench, announce }: EngineContext): HandlersFor<typeof gatesMethods> {
  const { connection } = workbench
  return {
    list: ({ limit }) =>
      inSnapshot(connection, () => ({
        gates: listGates(connection, limit),
        overrides: listOverrides(connection, null),
      })),
    ofRun: ({ run_id: runId }) =>
      inSnapshot(connection, () => {
        requireRun(connection, runId)
        return { gates: readGates(connection, runId), overrides: listOverrides(connection, runId) }
      }),
    async allow({ run_id: runId, companies, reason, expected }) {
      await allowHeld(connection, runId, { who: userName(), at: now(), reason, isExpected: expected }, companies)
      announce(`what run ${runId} held is let through`)
      const isMeant = (company: string | null) =>
        companies === null || (company !== null && companies.includes(company))
      return {
        allowed: readGates(connection, runId).filter(({ status, company }) => status === 'held' && isMeant(company)),
      }
    },
  }
}
