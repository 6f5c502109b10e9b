import { ChevronDown, ChevronUp, Square, X } from 'lucide-react'
import { useState } from 'react'
import { runsMethods, type RunDetail, type RunProgress } from '#features/runs'
import { useEngine } from '../../lib/engine.tsx'
import { reportOf, type ErrorReport } from '../../lib/error-report.ts'
import { formatCount, formatDuration, plural } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { ProgressDetails } from './progress-details.tsx'
import { RunBadge } from './run-badge.tsx'
import { runKinds } from './run-kinds.ts'
import { stageShare, stageWord, useRunProgress } from './run-progress-store.ts'
import './job-drawer.css'

/** The line at the foot of every screen: the run in progress with Cancel, or how the last one ended. */
export function JobDrawer() {
  const progress = useRunProgress((state) => state.progress)
  const endedRun = useRunProgress((state) => state.endedRun)
  return (
    <section className="job-drawer" aria-label="Jobs" data-pane="" tabIndex={-1}>
      {progress !== null && <RunningJob key={progress.run_id} progress={progress} />}
      {progress === null && endedRun !== null && <EndedJob runId={endedRun} />}
      {progress === null && endedRun === null && <p className="job-line soft">No run in progress</p>}
    </section>
  )
}

function RunningJob({ progress }: { readonly progress: RunProgress }) {
  const engine = useEngine()
  const [isOpen, setOpen] = useState(false)
  const [isCancelling, setCancelling] = useState(false)
  const [error, setError] = useState<ErrorReport | null>(null)
  const cancel = () => {
    setCancelling(true)
    setError(null)
    engine.call(runsMethods.cancel, { run_id: progress.run_id }).then(
      () => useRunProgress.getState().set(null),
      (cause: unknown) => {
        setCancelling(false)
        setError(reportOf(cause))
      },
    )
  }
  return (
    <>
      {error !== null && <ErrorNotice error={error} />}
      {isOpen && (
        <div className="job-details">
          <ProgressDetails progress={progress} />
        </div>
      )}
      <div className="job-line">
        <a href={hrefTo('runs', String(progress.run_id))}>Run {progress.run_id}</a>
        <span role="status">{isCancelling ? 'Cancelling' : stageWord(progress)}</span>
        <span className="job-bar">
          <ProgressBar label={`Run ${progress.run_id}: ${stageWord(progress)}`} share={stageShare(progress)} />
        </span>
        <span className="soft">
          {formatCount(progress.rows_read)} rows read, {formatDuration(progress.seconds)}
        </span>
        <span className="job-space" />
        <IconButton
          label={isOpen ? 'Hide the details' : 'Show the details'}
          aria-expanded={isOpen}
          icon={isOpen ? <ChevronDown aria-hidden="true" /> : <ChevronUp aria-hidden="true" />}
          onClick={() => setOpen(!isOpen)}
        />
        <Button icon={<Square aria-hidden="true" />} disabled={isCancelling} onClick={cancel}>
          Cancel run
        </Button>
      </div>
    </>
  )
}

function EndedJob({ runId }: { readonly runId: number }) {
  const { data: run } = useQuery(runsMethods.show, { run_id: runId })
  const dismiss = useRunProgress((state) => state.dismiss)
  return (
    <div className="job-line">
      <a href={hrefTo('runs', String(runId))}>Run {runId}</a>
      <span role="status" className="job-ended">
        {run !== undefined && (
          <>
            <EndedStatus run={run} />
            <EndedFacts run={run} />
          </>
        )}
      </span>
      <span className="job-space" />
      <IconButton label="Dismiss" icon={<X aria-hidden="true" />} onClick={dismiss} />
    </div>
  )
}

/** A preview is thrown away by plan once it is built, which is no one's cancelling. */
function EndedStatus({ run }: { readonly run: RunDetail }) {
  return run.kind === 'preview' && run.status === 'cancelled' && run.error === null ? (
    <StatusBadge status="done" word="Previewed" />
  ) : (
    <RunBadge run={run} />
  )
}

function EndedFacts({ run }: { readonly run: RunDetail }) {
  if (run.status === 'cancelled') return <span className="soft">nothing of it was published</span>
  if (run.error !== null) return <span>{run.error.message}</span>
  return (
    <span className="soft">
      {run.seconds !== null && `in ${formatDuration(run.seconds)}, `}
      {run.purpose === 'feeds' ? `${plural(run.rows_quarantined, 'row')} held back` : runKinds[run.purpose]}
    </span>
  )
}
