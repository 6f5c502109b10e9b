import type { Connection } from '../../../store/database.ts'
import { lockWorkspace } from '../../../store/workspace-lock.ts'
import { writeWhenFree } from '../../../store/write-when-free.ts'
import type { Project } from '../../project/project.ts'

/** Where readers are given another run: a workspace and its project. */
export interface Site {
  readonly workspaceFolder: string
  readonly connection: Connection
  readonly project: Project
}

/** Who wants it, and why. */
export interface Decider {
  readonly who: string
  readonly reason: string
}

/** What readers see now, and what they saw before; 0 where that was nothing. */
export interface Shown {
  readonly run_id: number
  readonly previous_run: number
}

/** Works in one transaction while no run is going on; with one, it is refused and says who has the workspace. */
export async function whileLocked<Result>(site: Site, doing: string, work: () => Result): Promise<Result> {
  const lock = lockWorkspace(site.workspaceFolder, doing)
  try {
    return await writeWhenFree(site.connection, work)
  } finally {
    lock.release()
  }
}
