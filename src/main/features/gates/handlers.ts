import type { HandlersFor } from '#protocol/method'
import { userName } from '../../kernel/user-name.ts'
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
      inSnapshot(connection, () => ({
        gates: readGates(connection, runId),
        overrides: listOverrides(connection, runId),
      })),
    async allow({ run_id: runId, reason, expected }) {
      await allowHeld(connection, runId, { who: userName(), reason, isExpected: expected })
      announce(`what run ${runId} held is let through`)
      return { allowed: readGates(connection, runId).filter(({ status }) => status === 'held') }
    },
  }
}
