import { accessSync, constants, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { logFileOf, openLog } from '../engine/workspace-log.ts'

/** Writes the facts of an unexpected error to the log of the workspace, or of a new temporary folder; returns the log's path. */
export function logBug(workspaceFolder: string | null, facts: string): string {
  const folder = isWritable(workspaceFolder) ? resolve(workspaceFolder) : mkdtempSync(join(tmpdir(), 'assay-'))
  openLog(folder, 'cli')('error', facts)
  return logFileOf(folder)
}

function isWritable(folder: string | null): folder is string {
  if (folder === null) return false
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
