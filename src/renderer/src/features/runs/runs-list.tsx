import { CirclePlay } from 'lucide-react'
import type { ReactNode } from 'react'
import { runsMethods, type RunSummary } from '#features/runs'
import type { WorkspaceInfo } from '#features/workspace'
import { formatCount, formatDuration, plural } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { RowsTrend } from '../../ui/charts/rows-trend.tsx'
import { Change } from '../../ui/change.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Screen, ScreenPage } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { ProgressCard } from './progress-card.tsx'
import { PublicationsSection } from './publications-section.tsx'
import { heldWords } from './held-words.ts'
import { RollBackButton } from './roll-back-button.tsx'
import { isInPart, RunBadge } from './run-badge.tsx'
import { runKinds } from './run-kinds.ts'
import { RunPipelineButton } from './run-pipeline-button.tsx'
import { useRunProgress } from './run-progress-store.ts'
import { StandingChip } from './standing-chip.tsx'
import './runs-list.css'

/** All runs, the latest on top, with the one in progress above them. */
export function RunsList({ info }: { readonly info: WorkspaceInfo }) {
  const { data: runs, error } = useQuery(runsMethods.list, { limit: 200 }, { keepPrevious: true })
  const progress = useRunProgress((state) => state.progress)
  return (
    <Screen
      title="Runs"
      facts={runs !== undefined && runs.length > 0 && <Facts runs={runs} />}
      actions={
        <>
          <RollBackButton run={null} />
          <RunPipelineButton />
        </>
      }
    >
      {runs?.length === 0 && progress === null ? (
        <FirstSteps info={info} />
      ) : (
        <ScreenPage>
          {error !== null && <ErrorNotice error={error} />}
          {progress !== null && <ProgressCard progress={progress} />}
          {runs === undefined && error === null && <Skeleton />}
          {runs !== undefined && runs.length > 0 && (
            <div className="runs-list">
              <Table label="Runs" columns={columns} rows={runs} noteOf={noteOf} rowKey={(run) => run.run_id} />
            </div>
          )}
          {runs !== undefined && <PublicationsSection runs={runs} />}
        </ScreenPage>
      )}
    </Screen>
  )
}

function Facts({ runs }: { readonly runs: readonly RunSummary[] }) {
  const published = runs.flatMap(({ status, rows_published: rows }) =>
    status === 'published' && rows !== null ? [rows] : [],
  )
  return (
    <>
      <span>{plural(runs.length, 'run')}</span>
      <RowsTrend values={published.slice(0, shownInTrend).toReversed()} />
    </>
  )
}

const shownInTrend = 30

function FirstSteps({ info }: { readonly info: WorkspaceInfo }) {
  return (
    <Empty icon={<CirclePlay />} title="No run yet">
      <p>
        A run reads a folder of feed files, holds back the rows that break their contract, builds the models of{' '}
        {info.project.title} and publishes them once their checks have passed.
      </p>
      <p>
        Choose <strong>Run pipeline</strong>, top right, and name the folder that holds your feeds. To try it with
        made-up data, run <code>assay sample --claims 5000 --seed 1 --out feeds</code> first.
      </p>
    </Empty>
  )
}

const columns: readonly TableColumn<RunSummary>[] = [
  {
    id: 'run',
    title: 'Run',
    cell: (run) => (
      <a className="runs-list-link" href={hrefTo('runs', String(run.run_id))}>
        Run {run.run_id}
      </a>
    ),
  },
  {
    id: 'status',
    title: 'Status',
    cell: (run) => (
      <span className="runs-list-status">
        <RunBadge run={run} />
        <StandingChip run={run} />
      </span>
    ),
  },
  { id: 'kind', title: 'Kind', cell: (run) => runKinds[run.purpose] },
  { id: 'as-of', title: 'As of', cell: (run) => run.as_of },
  { id: 'started', title: 'Started', cell: (run) => <Instant at={run.started_at} /> },
  {
    id: 'duration',
    title: 'Duration',
    isNumber: true,
    cell: (run) => (run.seconds === null ? '' : formatDuration(run.seconds)),
  },
  { id: 'read', title: 'Read', isNumber: true, cell: (run) => formatCount(run.rows_read) },
  { id: 'staged', title: 'Staged', isNumber: true, cell: (run) => formatCount(run.rows_staged) },
  { id: 'quarantined', title: 'Quarantined', isNumber: true, cell: (run) => formatCount(run.rows_quarantined) },
  {
    id: 'published',
    title: 'Published',
    isNumber: true,
    cell: (run) => run.status === 'published' && run.rows_published !== null && formatCount(run.rows_published),
  },
  {
    id: 'change',
    title: 'Change',
    isNumber: true,
    cell: (run) => run.status === 'published' && <Change value={run.rows_published_change} isFirst="first" />,
  },
  { id: 'by', title: 'By', isWide: true, cell: (run) => run.started_by },
]

/** Why a run ended as it did, or what of it readers do not see. */
function noteOf(run: RunSummary): ReactNode {
  const note = isInPart(run) ? heldWords(run) : run.status === 'cancelled' ? null : run.error?.message
  return note === null || note === undefined ? null : <span className="runs-list-note">{note}</span>
}
