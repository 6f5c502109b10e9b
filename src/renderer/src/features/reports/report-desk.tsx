import { FileDown } from 'lucide-react'
import { useState } from 'react'
import { reportsMethods, type ReportableRun } from '#features/reports'
import { useQuery } from '../../lib/use-query.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { PdfButton } from './pdf-button.tsx'
import { ReportPreview } from './report-preview.tsx'
import { RunChoice } from './run-choice.tsx'
import { saveFile } from './save-file.ts'
import { TablesExport } from './tables-export.tsx'
import './reports.css'

interface ReportDeskProps {
  readonly runs: readonly ReportableRun[]
  readonly run: ReportableRun
  readonly isDesktop: boolean
}

/** The report of a run as it will be, what may be chosen about it, and the ways to take it along. */
export function ReportDesk({ runs, run, isDesktop }: ReportDeskProps) {
  const [isPersonalShown, setPersonalShown] = useState(false)
  const [saved, setSaved] = useState<string | null>(null)
  const question = { run_id: run.run_id, show_personal: isPersonalShown }
  const { data: report, error } = useQuery(reportsMethods.make, question, { keepPrevious: true })
  const isReady = report?.run_id === run.run_id && report.html !== null
  const save = () => {
    if (report === undefined || report.html === null) return
    saveFile(report.file_name, report.html)
    setSaved(report.file_name)
  }
  return (
    <Screen
      title="Reports"
      facts={
        <>
          <span>Run {run.run_id}</span>
          <StatusBadge status={run.status} />
          <span>as of {run.as_of}</span>
        </>
      }
      actions={
        <>
          {isDesktop && isReady && <PdfButton fileName={report.file_name} html={report.html ?? ''} />}
          <Button look="primary" icon={<FileDown aria-hidden="true" />} disabled={!isReady} onClick={save}>
            Export
          </Button>
        </>
      }
    >
      <div className="report-side" data-pane="" tabIndex={-1}>
        <RunChoice runs={runs} chosen={run.run_id} />
        <section aria-labelledby="report-options">
          <h2 id="report-options">Personal data</h2>
          <label className="report-option">
            <input
              type="checkbox"
              checked={isPersonalShown}
              onChange={(event) => setPersonalShown(event.target.checked)}
            />
            Show personal data
          </label>
          {isPersonalShown ? (
            <p>
              <StatusBadge status="warn" word="Careful" /> The file shows names, addresses and whole records as they
              were delivered. Give it only to people who may see them.
            </p>
          ) : (
            <p className="soft">Values that are about a person, and whole records, are masked.</p>
          )}
        </section>
        <TablesExport run={run} />
        <p role="status">{saved !== null && <StatusBadge status="done" word={`Saved as ${saved}`} />}</p>
      </div>
      <div className="report-main">
        {error !== null && <ErrorNotice error={error} />}
        {report === undefined && error === null && <Skeleton />}
        {report !== undefined && report.html !== null && <ReportPreview html={report.html} runId={report.run_id} />}
      </div>
    </Screen>
  )
}
