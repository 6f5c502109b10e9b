import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { isWorkspaceLocked } from '../../src/main/store/workspace-lock.ts'
import { repository } from './feeds.ts'

/** Starts the command line on a workspace as a person does, in a process group of its own. */
export function startGroup(workspace: string, args: readonly string[]) {
  const child = spawn(process.execPath, ['bin/assay.mjs', ...args, '--workspace', workspace], {
    cwd: repository,
    stdio: 'ignore',
    detached: true,
  })
  const ended = new Promise<number | null>((resolve) => void child.once('exit', (code) => resolve(code)))
  return {
    ended,
    /** Kills all its processes once the workspace is in some state; gives the exit code where it came to its end before, else null. */
    async killOnce(isReached: () => boolean): Promise<number | null> {
      while (child.exitCode === null && !isReached()) await sleep(2)
      if (child.exitCode === null) process.kill(-(child.pid ?? 0), 'SIGKILL')
      const code = await ended
      // A process that is killed within a call of the system ends with it: a last write may still come.
      if (code === null) while (isWorkspaceLocked(workspace)) await sleep(5)
      return code
    },
  }
}
