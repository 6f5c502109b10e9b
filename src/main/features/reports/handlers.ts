import { resolve } from 'node:path'
import type { HandlersFor } from '#protocol/method'
import { AppError } from '../../kernel/app-error.ts'
import { writeText } from '../../pipeline/export/write-text.ts'
import { gatherReport } from '../../pipeline/run/report/gather-report.ts'
import { listReportableRuns } from '../../pipeline/run/report/list-reportable-runs.ts'
import { renderReport } from '../../pipeline/run/report/render/render-report.ts'
import type { EngineContext } from '../context.ts'
import type { reportsMethods } from './protocol.ts'

/** Makes reports of runs. */
export function reportsHandlers({ workbench }: EngineContext): HandlersFor<typeof reportsMethods> {
  return {
    list: () => listReportableRuns(workbench),
    make({ run_id: asked, show_personal: showPersonal, out }) {
      const runId = asked ?? workbench.publishedRun()
      if (runId === 0)
        throw new AppError('NOT_FOUND', 'Nothing is published yet, so there is nothing to report on.', {
          saved: 'No report was written.',
          hint: 'Run the pipeline first, or name a run.',
        })
      const html = renderReport(gatherReport(workbench, { runId, showPersonal }))
      const made = { run_id: runId, file_name: `assay-report-run-${runId}.html` }
      if (out === undefined) return { ...made, html, path: null }
      const path = resolve(out)
      writeText(path, html)
      return { ...made, html: null, path }
    },
  }
}
