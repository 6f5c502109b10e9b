import { accessSync, constants, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { AppError } from '../../kernel/app-error.ts'
import type { ErrorReport } from '../../kernel/app-error.ts'
import { reportError } from '../../kernel/report-error.ts'
import { logFileOf, openLog } from '../engine/workspace-log.ts'

/** The plain form of any failure of a command. The facts of an unexpected one go to a log, and its report says where that is. */
export function reportFailure(error: unknown, workspaceFolder: string | null): ErrorReport {
  if (error instanceof AppError) return nameLog(reportError(error), workspaceFolder)
  const folder = isWritable(workspaceFolder) ? workspaceFolder : mkdtempSync(join(tmpdir(), 'assay-'))
  openLog(folder, 'cli')('error', error instanceof Error ? (error.stack ?? error.message) : String(error))
  return nameLog(reportError(error), folder)
}

/** Of an error that was unexpected elsewhere and is in the log by now, says where that is. */
export function nameLog(report: ErrorReport, workspaceFolder: string | null): ErrorReport {
  if (report.code !== 'INTERNAL' || workspaceFolder === null) return report
  const log = logFileOf(resolve(workspaceFolder))
  return { ...report, hint: `Try again; if it happens again, report it with ${log}, where the details are.` }
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
