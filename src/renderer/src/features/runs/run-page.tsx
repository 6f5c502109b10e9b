import { runsMethods, type RunDetail } from '#features/runs'
import { formatDuration } from '../../lib/format.ts'
import { useQuery } from '../../lib/use-query.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Screen, ScreenPage, Section } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { BooksTable } from './books-table.tsx'
import { ProgressCard } from './progress-card.tsx'
import { RunPipelineButton } from './run-pipeline-button.tsx'
import { ChecksTable, FilesTable, LogLines, ModelsTable } from './run-tables.tsx'
import { useRunProgress } from './run-progress-store.ts'
import { StageStrip } from './stage-strip.tsx'

/** One run: how far it came, its books, models, checks, files, exports and log. */
export function RunPage({ runId }: { readonly runId: number }) {
  const { data: run, error } = useQuery(runsMethods.show, { run_id: runId }, { keepPrevious: true })
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
      actions={<RunPipelineButton />}
    >
      <ScreenPage>
        {error !== null && <ErrorNotice error={error} />}
        {run === undefined && error === null && <Skeleton />}
        {run !== undefined && run.error !== null && <ErrorNotice error={run.error} />}
        {progress !== null && <ProgressCard progress={progress} />}
        {run !== undefined && run.status !== 'running' && <Ended run={run} />}
        {run !== undefined && run.status === 'running' && <LogSection run={run} />}
      </ScreenPage>
    </Screen>
  )
}

function Facts({ run }: { readonly run: RunDetail }) {
  return (
    <>
      <StatusBadge status={run.status} />
      {run.is_current && <Chip tone="good">Current: readers and exports see this run</Chip>}
      <span>as of {run.as_of}</span>
      <span>
        started <Instant at={run.started_at} /> by {run.started_by}
      </span>
      {run.seconds !== null && <span>took {formatDuration(run.seconds)}</span>}
    </>
  )
}

function Ended({ run }: { readonly run: RunDetail }) {
  return (
    <>
      <StageStrip run={run} />
      <Section title="Books">
        {Object.keys(run.sources).length === 0 ? (
          <p className="soft">The run ended before all sources were read, so there are no books.</p>
        ) : (
          <BooksTable sources={run.sources} />
        )}
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
