import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { now } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'

/**
 * The log file of a workspace, one JSON line a message, for several processes at once. Where the workspace's folder is not there or
 * cannot be written to (a full disk is often what there is to tell), the lines go to stderr instead.
 */
export function openLog(workspaceFolder: string, processName: string): Log {
  const path = logFileOf(workspaceFolder)
  return (level, message) => {
    const line = `${JSON.stringify({ at: new Date(now()).toISOString(), level, process: processName, pid: process.pid, message })}\n`
    try {
      append(path, line)
    } catch {
      process.stderr.write(line)
    }
  }
}

/** Where the log of a workspace lies. */
export function logFileOf(workspaceFolder: string): string {
  return join(workspaceFolder, 'logs', 'assay.log')
}

function append(path: string, line: string): void {
  try {
    appendFileSync(path, line, { mode: 0o600 })
  } catch {
    // The first line of a workspace: its folder is there, the one for logs is not.
    mkdirSync(join(path, '..'), { mode: 0o700 })
    appendFileSync(path, line, { mode: 0o600 })
  }
}
