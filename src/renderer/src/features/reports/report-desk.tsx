import { ChartColumn, Eye, FileDown, Printer } from 'lucide-react'
import { useState } from 'react'
import type { ReportableRun } from '#features/reports'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { PersonalChoice } from './personal-choice.tsx'
import { ReportPreview } from './report-preview.tsx'
import { RunChoice } from './run-choice.tsx'
import { TablesExport } from './tables-export.tsx'
import { useReport } from './use-report.ts'
import './reports.css'

interface ReportDeskProps {
  readonly runs: readonly ReportableRun[]
  readonly run: ReportableRun
  readonly isDesktop: boolean
}

/** What a report is about and what it shows, the ways to take it along, and how it will look. */
export function ReportDesk({ runs, run, isDesktop }: ReportDeskProps) {
  const [isPersonalShown, setPersonalShown] = useState(false)
  const [isPreviewed, setPreviewed] = useState(false)
  const question = { run_id: run.run_id, show_personal: isPersonalShown }
  const { isBusy, error, saved, exportFile, savePdf } = useReport(question)
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
          {isDesktop && (
            <Button icon={<Printer aria-hidden="true" />} disabled={isBusy} onClick={savePdf}>
              Save as PDF
            </Button>
          )}
          <Button look="primary" icon={<FileDown aria-hidden="true" />} disabled={isBusy} onClick={exportFile}>
            Export
          </Button>
        </>
      }
    >
      <div className="report-side" data-pane="" tabIndex={-1}>
        <RunChoice runs={runs} chosen={run.run_id} />
        <PersonalChoice isShown={isPersonalShown} onChange={setPersonalShown} />
        <TablesExport run={run} />
        {error !== null && <ErrorNotice error={error} />}
        <p role="status">{saved !== null && <StatusBadge status="done" word={`Saved as ${saved}`} />}</p>
      </div>
      <div className="report-main">
        {isPreviewed ? <ReportPreview question={question} /> : <About run={run} onPreview={() => setPreviewed(true)} />}
      </div>
    </Screen>
  )
}

function About({ run, onPreview }: { readonly run: ReportableRun; onPreview(): void }) {
  return (
    <Empty
      icon={<ChartColumn />}
      title={`Run ${run.run_id} for people who have no Assay`}
      action={
        <Button icon={<Eye aria-hidden="true" />} onClick={onPreview}>
          Show preview
        </Button>
      }
    >
      <p>
        One HTML file with the summary, the books, checks, what differs from the run before in words and pictures, top
        offenders, corrections and waivers. It opens in any browser, offline, prints well, and loads and sends nothing.
      </p>
    </Empty>
  )
}
