import { resolve } from 'node:path'
import type { Transport } from '../../protocol/transport.ts'
import { leaveSignalsToSystem } from './cancel-signals.ts'

/** Opens a workspace's engine within this process, uses it, and closes it again. The workspace has to be there. */
export async function withEngine<Result>(
  folders: { readonly project: string; readonly workspace: string },
  use: (engine: Transport) => Promise<Result>,
): Promise<Result> {
  // Loaded when needed, so that help, mistakes and runs (a process of their own) do not wait for the database.
  const { openDirectEngine } = await import('./open-direct-engine.ts')
  await leaveSignalsToSystem()
  const engine = openDirectEngine({
    projectFolder: resolve(folders.project),
    workspaceFolder: resolve(folders.workspace),
  })
  const result = await use(engine.transport)
  // After an error the process ends anyway; closing what a failed handler left open would only hide it.
  engine.close()
  return result
}
