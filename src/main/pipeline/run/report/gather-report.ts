import { appVersion } from '../../../kernel/app-version.ts'
import { inSnapshot } from '../../../store/database.ts'
import { isSeenBy } from '../../../store/versioned-table.ts'
import type { Workbench } from '../open-workbench.ts'
import { listComparedRuns } from '../comparison/compared-runs.ts'
import { createMask } from './gather/mask.ts'
import { readDecisions } from './gather/read-decisions.ts'
import { readDifferences } from './gather/read-differences.ts'
import { readOffenders } from './gather/read-offenders.ts'
import { readBooks, readChecks, readFiles, readModels, readReportedRun } from './gather/read-run.ts'
import type { Book, ModelRows, ReportData } from './report-data.ts'
import { sayReportVerdict } from './say-report-verdict.ts'

export interface ReportQuestion {
  readonly runId: number
  /** Shows the values of personal columns as they are. */
  readonly showPersonal: boolean
}

/** Gathers all that a report says of a run, at one moment; values that are about a person are masked unless asked for. */
export function gatherReport(workbench: Workbench, { runId, showPersonal }: ReportQuestion): ReportData {
  return inSnapshot(workbench.connection, () => {
    const mask = createMask(workbench.project, showPersonal)
    const run = readReportedRun(workbench, runId, mask)
    const books = readBooks(workbench, runId)
    const hasRows = listComparedRuns(workbench.connection).some((one) => one.run_id === runId)
    const comparison = readDifferences(workbench, { runId, hasRows }, mask)
    const checks = readChecks(workbench, runId, mask)
    const models = readModels(workbench, runId)
    const failed = checks.items.filter(({ status }) => status !== 'pass').length
    const sum = (part: 'read' | 'inserted' | 'updated' | 'unchanged' | 'heldBack') => sumOf(books, part)
    return {
      project: workbench.project.config.title,
      workspace: workbench.workspaceName,
      run,
      verdict: sayReportVerdict(run, comparison, failed),
      summary: {
        read: sum('read'),
        staged: sum('inserted') + sum('updated') + sum('unchanged'),
        heldBack: sum('heldBack'),
        open: hasRows ? countOpen(workbench, runId) : null,
        ...sumModels(models),
        checksPassed: checks.total - failed,
        checksFailed: failed,
        alarms: comparison.before === null ? null : comparison.alarms,
      },
      books,
      files: readFiles(workbench, runId, mask),
      checks,
      comparison,
      offenders: hasRows ? readOffenders(workbench, runId, mask) : null,
      decisions: readDecisions(workbench, runId, mask),
      models,
      isMasked: !showPersonal,
      version: appVersion(),
    }
  })
}

function sumOf(books: readonly Book[], part: Exclude<keyof Book, 'source'>): number {
  return books.reduce((total, book) => total + book[part], 0)
}

function sumModels(models: readonly ModelRows[]): {
  readonly modelRows: number | null
  readonly modelChange: number | null
} {
  if (models.length === 0) return { modelRows: null, modelChange: null }
  const rows = models.reduce((total, model) => total + model.rows, 0)
  if (models.every(({ previous }) => previous === null)) return { modelRows: rows, modelChange: null }
  return { modelRows: rows, modelChange: rows - models.reduce((total, { previous }) => total + (previous ?? 0), 0) }
}

function countOpen({ connection }: Workbench, runId: number): number {
  return Number(
    connection
      .prepare(`SELECT count(*) FROM assay_quarantine WHERE state = 'open' AND ${isSeenBy(runId)}`)
      .pluck()
      .get(),
  )
}
