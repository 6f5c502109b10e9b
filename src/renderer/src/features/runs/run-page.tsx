import { gatesMethods } from '#features/gates'
import { quarantineMethods } from '#features/quarantine'
import { runsMethods, type RunDetail, type RunProgress } from '#features/runs'
import { formatDuration } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EffectTables } from '../../ui/effect-tables.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Screen, ScreenPage, Section } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { BooksTable } from './books-table.tsx'
import { CandidateButtons } from './candidate-buttons.tsx'
import { ProgressCard } from './progress-card.tsx'
import { PublicationsSection } from './publications-section.tsx'
import { RerunButton } from './rerun-button.tsx'
import { RollBackButton } from './roll-back-button.tsx'
import { RunAgainButton } from './run-again-button.tsx'
import { GatesOfRun, isHeld, LetThroughButton, type RunGates } from './run-gates.tsx'
import { RunGraph } from './run-graph.tsx'
import { runKinds } from './run-kinds.ts'
import { RunPipelineButton } from './run-pipeline-button.tsx'
import { ChecksTable, FilesTable, LogLines, ModelsTable } from './run-tables.tsx'
import { useRunProgress } from './run-progress-store.ts'
import { StageStrip } from './stage-strip.tsx'
import { StandingChip } from './standing-chip.tsx'
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
          {run?.is_candidate === true && <CandidateButtons run={run} />}
          {run !== undefined && <LetThroughButton run={run} gates={gates} />}
          {run !== undefined && <RunAgainButton run={run} />}
          {run !== undefined && (run.is_current || run.can_roll_back) && <RollBackButton run={run} />}
          {run?.is_current === true && <RerunButton run={run} />}
          <RunPipelineButton />
        </>
      }
    >
      <ScreenPage>
        {error !== null && <ErrorNotice error={error} />}
        {run === undefined && error === null && <Skeleton />}
        {run !== undefined && run.error !== null && <ErrorNotice error={run.error} />}
        {run !== undefined && isTrouble(run) && (
          <p className="soft run-way-on">
            <a href={hrefTo('incident')}>Open the incident page</a>: what broke, roll back, limit what comes in.
          </p>
        )}
        {progress !== null && <ProgressCard progress={progress} />}
        {run !== undefined && progress !== null && <Picture run={run} progress={progress} />}
        {run !== undefined && run.status !== 'running' && <Ended run={run} gates={gates} />}
        {run !== undefined && run.status === 'running' && <LogSection run={run} />}
      </ScreenPage>
    </Screen>
  )
}

/** The models as a picture, while they are built and afterwards. */
function Picture({ run, progress }: { readonly run: RunDetail; readonly progress: RunProgress | null }) {
  return (
    <Section title="Picture">
      <RunGraph run={run} progress={progress} />
    </Section>
  )
}

function isTrouble({ status }: RunDetail): boolean {
  return status === 'blocked' || status === 'failed'
}

function Facts({ run }: { readonly run: RunDetail }) {
  return (
    <>
      <StatusBadge status={run.status} />
      {run.kind !== 'feeds' && <Chip>{runKinds[run.kind]}</Chip>}
      <StandingChip run={run} />
      <span>as of {run.as_of}</span>
      <span>
        started <Instant at={run.started_at} /> by {run.started_by}
      </span>
      {run.seconds !== null && <span>took {formatDuration(run.seconds)}</span>}
    </>
  )
}

function Ended({ run, gates }: { readonly run: RunDetail; readonly gates: RunGates }) {
  return (
    <>
      <StageStrip run={run} isHeld={isHeld(gates)} />
      {run.models.length > 0 && <Picture run={run} progress={null} />}
      <PublicationsSection runs={[run]} />
      {run.kind !== 'feeds' && run.status !== 'failed' && !run.is_undone && <Effect runId={run.run_id} />}
      <GatesOfRun gates={gates} />
      <Section title="Books">
        {Object.keys(run.sources).length === 0 ? (
          <p className="soft">The run ended before all sources were read, so there are no books.</p>
        ) : (
          <BooksTable sources={run.sources} />
        )}
        {isHeld(gates) && <p className="soft">What a gate holds was not loaded, so it stands in no book.</p>}
      </Section>
      {run.rejected_files.length > 0 && (
        <Section title="Rejected files">
          {run.rejected_files.map(({ file, reason }) => (
            <p key={file}>
              <StatusBadge status="fail" word="Rejected" /> <strong>{file}</strong>: {reason}
            </p>
          ))}
        </Section>
      )}
      {run.models.length > 0 && (
        <Section title="Models">
          <ModelsTable models={run.models} />
        </Section>
      )}
      {run.checks.length > 0 && (
        <Section title="Checks">
          <ChecksTable checks={run.checks} />
        </Section>
      )}
      {run.files.length > 0 && (
        <Section title="Files">
          <FilesTable files={run.files} isPublished={run.status === 'published'} />
        </Section>
      )}
      {run.exports.length > 0 && (
        <Section title="Exports">
          <ul className="mono">
            {run.exports.map((path) => (
              <li key={path}>{path}</li>
            ))}
          </ul>
        </Section>
      )}
      <LogSection run={run} />
    </>
  )
}

/** What a replay did to the models, or, as a preview, would have done. */
function Effect({ runId }: { readonly runId: number }) {
  const { data, error } = useQuery(quarantineMethods.effect, { run_id: runId, limit: 100 })
  return (
    <Section title="Effect">
      {error !== null && <ErrorNotice error={error} />}
      {data === undefined && error === null && <Skeleton lines={4} />}
      {data !== undefined && <EffectTables effect={data} />}
    </Section>
  )
}

function LogSection({ run }: { readonly run: RunDetail }) {
  return (
    <Section title="Log">
      <p className="soft">
        Input: <span className="mono">{run.input}</span>
      </p>
      <LogLines lines={run.log} />
    </Section>
  )
}
