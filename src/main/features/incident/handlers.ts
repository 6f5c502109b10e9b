import { userInfo } from 'node:os'
import type { HandlersFor } from '#protocol/method'
import { inSnapshot } from '../../store/database.ts'
import type { EngineContext } from '../context.ts'
import { listLimits, setLimit } from './limits.ts'
import type { incidentMethods } from './protocol.ts'
import { showIncident } from './show-incident.ts'

/** Answers what the incident page asks, and limits what is taken in. */
export function incidentHandlers({ workbench, jobs, announce }: EngineContext): HandlersFor<typeof incidentMethods> {
  const { connection } = workbench
  return {
    show: () => inSnapshot(connection, () => showIncident(workbench, jobs.current()?.run_id ?? null)),
    limits: () => inSnapshot(connection, () => listLimits(workbench)),
    async limit(limit) {
      const unknown = await setLimit(workbench, userName(), limit)
      announce(`the limit of ${limit.source} was set`)
      return { ...listLimits(workbench), unknown_companies: [...unknown] }
    },
  }
}

/** The name of the account; one without an entry in the system's list has none. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return process.env['USER'] ?? 'unknown'
  }
}
