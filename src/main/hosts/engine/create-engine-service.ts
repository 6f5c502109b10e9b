import { checksMethods } from '#features/checks'
import { compareMethods } from '#features/compare'
import { exportsMethods } from '#features/exports'
import { gatesMethods } from '#features/gates'
import { incidentMethods } from '#features/incident'
import { modelsMethods } from '#features/models'
import { quarantineMethods } from '#features/quarantine'
import { reportsMethods } from '#features/reports'
import { rowdiffMethods } from '#features/rowdiff'
import { runsMethods } from '#features/runs'
import { workspaceChanged, workspaceMethods } from '#features/workspace'
import type { EngineContext, HostFacts } from '../../features/context.ts'
import { checksHandlers } from '../../features/checks/handlers.ts'
import { compareHandlers } from '../../features/compare/handlers.ts'
import { exportsHandlers } from '../../features/exports/handlers.ts'
import { gatesHandlers } from '../../features/gates/handlers.ts'
import { incidentHandlers } from '../../features/incident/handlers.ts'
import { modelsHandlers } from '../../features/models/handlers.ts'
import { quarantineHandlers } from '../../features/quarantine/handlers.ts'
import { reportsHandlers } from '../../features/reports/handlers.ts'
import { rowdiffHandlers } from '../../features/rowdiff/handlers.ts'
import { runsHandlers } from '../../features/runs/handlers.ts'
import { workspaceHandlers } from '../../features/workspace/handlers.ts'
import type { Log } from '../../kernel/log.ts'
import { createComparisons } from '../../pipeline/compare/comparisons.ts'
import { openWorkbench } from '../../pipeline/run/open-workbench.ts'
import { createService, type Service } from '../../protocol/create-service.ts'
import { entryUrl } from './entry-url.ts'
import type { ForkProcess } from './forked-process.ts'
import { createRunJobs, type EngineJobs } from './run-jobs.ts'

export interface EngineServiceOptions {
  readonly projectFolder: string
  readonly workspaceFolder: string
  /** Whether a missing workspace is made. */
  readonly create: boolean
  readonly host: HostFacts
  /** How this host starts the processes of runs. */
  readonly fork: ForkProcess
  readonly log: Log
}

/** An engine within this process. */
export interface EngineService {
  readonly service: Service
  readonly jobs: EngineJobs
  close(): void
}

/** Opens a project and a workspace and answers every method of every feature. */
export function createEngineService(options: EngineServiceOptions): EngineService {
  const { host, fork, log } = options
  const workbench = openWorkbench(options)
  const service = createService(log)
  const jobs = createRunJobs({ fork, publish: service.publish, log })
  const comparisons = createComparisons(entryUrl('comparison-thread'))
  const announce = (reason: string) => service.publish(workspaceChanged, { reason })
  const context: EngineContext = { workbench, jobs, host, announce }

  service.register(checksMethods, checksHandlers(context))
  service.register(compareMethods, compareHandlers(context))
  service.register(exportsMethods, exportsHandlers(context))
  service.register(gatesMethods, gatesHandlers(context))
  service.register(incidentMethods, incidentHandlers(context))
  service.register(modelsMethods, modelsHandlers(context))
  service.register(quarantineMethods, quarantineHandlers(context))
  service.register(reportsMethods, reportsHandlers(context))
  service.register(rowdiffMethods, rowdiffHandlers(context, comparisons))
  service.register(runsMethods, runsHandlers(context))
  service.register(workspaceMethods, workspaceHandlers(context))

  const close = () => {
    comparisons.close()
    workbench.close()
  }
  return { service, jobs, close }
}
