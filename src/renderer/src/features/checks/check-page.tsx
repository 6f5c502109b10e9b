import { checksMethods, type Check, type PastResult } from '#features/checks'
import { formatCount } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { consequence } from '../../ui/consequence.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Screen, ScreenPage } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { failingRows, limits } from './check-words.ts'
import { Held } from './checks-list.tsx'
import { FailuresGrid } from './failures-grid.tsx'
import { LaterRunNote } from './later-run.tsx'
import { Sparkline } from './sparkline.tsx'
import './checks.css'

/** One check of a run: what it says, how it went before, and the rows that failed it. */
export function CheckPage({ name, runId }: { readonly name: string; readonly runId: number | undefined }) {
  const { data, error } = useQuery(checksMethods.list, runId === undefined ? {} : { run_id: runId })
  const check = data?.checks.find((one) => one.name === name)
  const held = data?.held.filter((part) => part.check === name) ?? []
  const query = runId === undefined ? {} : { run: String(runId) }
  // Not where this is its page already, or where it came to no such check.
  const last = check?.history.at(-1)?.run_id
  const later = data?.later?.run_id === last && data?.run_id !== last ? (data?.later ?? null) : null
  return (
    <Screen
      title={
        <>
          <BackLink screen="checks" label="Back to the checks" />
          {name}
        </>
      }
      facts={check !== undefined && <Facts check={check} runId={data?.run_id ?? 0} />}
    >
      {data === undefined && error === null && <Skeleton />}
      {error !== null && (
        <ScreenPage>
          <ErrorNotice error={error} />
        </ScreenPage>
      )}
      {data !== undefined && check === undefined && (
        <ScreenPage>
          <p role="alert">
            There is no check {name}
            {data.run_id === null ? ': nothing is published yet' : ` in run ${data.run_id}`}. The checks that there are
            stand <a href={hrefTo('checks', null, query)}>on the page of checks</a>.
          </p>
        </ScreenPage>
      )}
      {check !== undefined && data !== undefined && data.run_id !== null && (
        <div className="check-body">
          <div className="check-above" data-pane="" tabIndex={-1}>
            {later !== null && <LaterRunNote later={later} check={name} />}
            {held.length > 0 && <Held held={held} />}
            <Fold id="check.history" title="History" isOpenAtFirst={false}>
              <Table
                isCompact
                label="History"
                columns={historyColumns}
                rows={check.history.toReversed()}
                rowKey={(past) => past.run_id}
              />
            </Fold>
          </div>
          <FailuresGrid key={`${data.run_id} ${name}`} runId={data.run_id} check={check} />
        </div>
      )}
    </Screen>
  )
}

function Facts({ check, runId }: { readonly check: Check; readonly runId: number }) {
  return (
    <>
      <StatusBadge status={check.status} />
      <span>
        in <a href={hrefTo('runs', String(runId))}>run {runId}</a>
      </span>
      <span>
        of <a href={hrefTo('models', check.model)}>{check.model}</a>
      </span>
      <span>
        failing rows: {failingRows(check)}; limits: {limits(check)}; if it fails: {consequence(check)}
      </span>
      <Sparkline history={check.history} />
    </>
  )
}

const historyColumns: readonly TableColumn<PastResult>[] = [
  { id: 'run', title: 'Run', cell: (past) => <a href={hrefTo('runs', String(past.run_id))}>Run {past.run_id}</a> },
  { id: 'run-status', title: 'The run', cell: (past) => <StatusBadge status={past.run_status} /> },
  { id: 'status', title: 'Result', cell: (past) => <StatusBadge status={past.status} /> },
  { id: 'failures', title: 'Failing rows', isNumber: true, cell: (past) => formatCount(past.failures) },
]
