import { loadProject } from '../../pipeline/project/load-project.ts'
import { createTransport } from '../../protocol/create-transport.ts'
import type { Transport } from '../../protocol/transport.ts'
import { createEngineService } from '../engine/create-engine-service.ts'
import { forkNodeProcess } from '../engine/fork-node-process.ts'
import { openLog } from '../engine/workspace-log.ts'

/** An engine within this process, on a workspace that is there already. */
export function openDirectEngine(folders: { readonly projectFolder: string; readonly workspaceFolder: string }): {
  readonly transport: Transport
  close(): void
} {
  const { service, close } = createEngineService({
    ...folders,
    create: false,
    host: { kind: 'cli', has_folder_dialog: false },
    fork: forkNodeProcess,
    log: openLog(folders.workspaceFolder, 'cli'),
  })
  return { transport: createTransport(service), close }
}

/** Reads what of a project is kept for the process, so that an engine opens faster. */
export function prepareDirectEngine(projectFolder: string): void {
  loadProject(projectFolder)
}
