import { gatesMethods } from '#features/gates'
import { runsMethods, type RunDetail } from '#features/runs'
import { formatDuration } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Screen, ScreenPage } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { CandidateButtons } from './candidate-buttons.tsx'
import { EndedRun, LogSection, Picture } from './ended-run.tsx'
import { FailedChecks } from './failed-checks.tsx'
import { liveStages } from './live-stages.ts'
import { PartNotice } from './part-notice.tsx'
import { ProgressCard } from './progress-card.tsx'
import { RerunButton } from './rerun-button.tsx'
import { ResumeButton } from './resume-button.tsx'
import { RollBackButton } from './roll-back-button.tsx'
import { RunAgainButton } from './run-again-button.tsx'
import { isWaiting, LetThroughButton, type RunGates } from './run-gates.tsx'
import { isInPart, RunBadge } from './run-badge.tsx'
import { runKinds } from './run-kinds.ts'
import { RunPipelineButton } from './run-pipeline-button.tsx'
import { useRunProgress } from './run-progress-store.ts'
import { StageStrip } from './stage-strip.tsx'
import { setAsideWords, StandingChip, supersededWords } from './standing-chip.tsx'
import './run-page.css'

const noGates: RunGates = { gates: [], overrides: [] }

/** One run: how far it came, its books, models, checks, files, exports and log. */
export function RunPage({ runId }: { readonly runId: number }) {
  const { data: run, error } = useQuery(runsMethods.show, { run_id: runId }, { keepPrevious: true })
  const { data: gates = noGates } = useQuery(gatesMethods.ofRun, { run_id: runId }, { keepPrevious: true })
  const progress = useRunProgress((state) => (state.progress?.run_id === runId ? state.progress : null))
  return (
    <Screen
      title={
        <>
          <BackLink screen="runs" label="Back to the list" />
          Run {runId}
        </>
      }
      facts={run !== undefined && <Facts run={run} />}
      actions={
        <>
          {/* What blocked a run blocks it again: it is let through, released, or run again once that is mended. */}
          {run?.can_resume === true && run.status !== 'blocked' && progress === null && <ResumeButton run={run} />}
          {run !== undefined && (run.is_candidate || run.can_bring_back) && <CandidateButtons run={run} />}
          {run !== undefined && <LetThroughButton run={run} gates={gates} />}
          {run !== undefined && <RunAgainButton run={run} isWaiting={isWaiting(gates)} />}
          {run !== undefined && (run.is_current || run.can_roll_back) && <RollBackButton run={run} />}
          {run?.is_current === true && <RerunButton run={run} />}
          <RunPipelineButton />
        </>
      }
    >
      <ScreenPage>
        {error !== null && <ErrorNotice error={error} />}
        {run === undefined && error === null && <Skeleton />}
        {run !== undefined && run.error !== null && (
          <ErrorNotice error={run.error}>
            <FailedChecks run={run} />
          </ErrorNotice>
        )}
        {run !== undefined && isTrouble(run) && (
          <p className="soft run-way-on">
            <a href={hrefTo('incident')}>Open the incident page</a>: what broke, roll back, limit what comes in.
          </p>
        )}
        {run !== undefined && isTrouble(run) && <Whereabouts run={run} />}
        {run !== undefined && isInPart(run) && <PartNotice run={run} gates={gates} />}
        {run !== undefined && run.resumption !== null && <p className="soft run-resumption">{run.resumption}</p>}
        {progress !== null && <StageStrip stages={liveStages(progress)} />}
        {run !== undefined && progress !== null && (
          <div className="run-live">
            <Picture run={run} progress={progress} />
          </div>
        )}
        {progress !== null && <ProgressCard progress={progress} />}
        {run !== undefined && run.status !== 'running' && <EndedRun run={run} gates={gates} />}
        {run !== undefined && run.status === 'running' && <LogSection run={run} />}
      </ScreenPage>
    </Screen>
  )
}

function isTrouble({ status }: RunDetail): boolean {
  return status === 'blocked' || status === 'failed'
}

/** What became of the tables of a run that a check blocked: a person took them back, or others have run. */
function Whereabouts({ run }: { readonly run: RunDetail }) {
  if (run.discarded !== null) {
    const { who, at, reason } = run.discarded
    return (
      <p>
        Discarded <Instant at={at} /> by {who}: its tables were taken back for good, and readers see what they saw
        before.{reason !== '' && ` Reason: ${reason}`}
      </p>
    )
  }
  if (run.is_set_aside) return <p className="soft">Set aside. {setAsideWords}.</p>
  if (run.is_superseded) return <p className="soft">Superseded. {supersededWords}.</p>
  return null
}

function Facts({ run }: { readonly run: RunDetail }) {
  return (
    <>
      <RunBadge run={run} />
      {run.purpose !== 'feeds' && <Chip>{runKinds[run.purpose]}</Chip>}
      <StandingChip run={run} />
      <span>as of {run.as_of}</span>
      <span>
        started <Instant at={run.started_at} /> by {run.started_by}
      </span>
      {run.seconds !== null && <span>took {formatDuration(run.seconds)}</span>}
      {run.status !== 'running' && run.kind !== 'preview' && <a href={hrefTo('reports', String(run.run_id))}>Report</a>}
    </>
  )
}
