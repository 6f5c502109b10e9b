import { ListChecks } from 'lucide-react'
import { runsMethods, type CheckResult } from '#features/runs'
import type { WorkspaceInfo } from '#features/workspace'
import { formatCount, plural } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Screen, ScreenPage } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'

/** The checks of the published run, those that did not pass on top. */
export function ChecksScreen({ info }: { readonly info: WorkspaceInfo }) {
  return info.published === null ? <NotYet /> : <Checks runId={info.published.run_id} />
}

function Checks({ runId }: { readonly runId: number }) {
  const { data: run, error } = useQuery(runsMethods.show, { run_id: runId }, { keepPrevious: true })
  const checks = run?.checks ?? []
  const notPassed = checks.filter((check) => check.status !== 'pass').length
  return (
    <Screen
      title="Checks"
      facts={
        run !== undefined && (
          <span>
            of <a href={hrefTo('runs', String(runId))}>run {runId}</a>, which is published:{' '}
            {plural(checks.length, 'check')}, {notPassed === 0 ? 'all passed' : `${formatCount(notPassed)} not passed`}
          </span>
        )
      }
    >
      <ScreenPage>
        {error !== null && <ErrorNotice error={error} />}
        {run === undefined && error === null && <Skeleton />}
        {run !== undefined && checks.length === 0 && (
          <Empty icon={<ListChecks />} title="The project has no checks">
            <p>Checks are declared under their model in the .yml file beside its SQL.</p>
          </Empty>
        )}
        {checks.length > 0 && (
          <Table
            label="Checks"
            columns={columns}
            rows={checks.toSorted(worstFirst)}
            rowKey={(check) => `${check.model}.${check.name}`}
          />
        )}
      </ScreenPage>
    </Screen>
  )
}

function NotYet() {
  return (
    <Screen title="Checks">
      <Empty icon={<ListChecks />} title="No checks have run yet">
        <p>
          Every run checks its models before it is published; a failing check that blocks keeps the run from its
          readers. Run the pipeline first: press g, then r.
        </p>
      </Empty>
    </Screen>
  )
}

const order = { fail: 0, warn: 1, pass: 2 } as const

function worstFirst(one: CheckResult, other: CheckResult): number {
  return order[one.status] - order[other.status]
}

const columns: readonly TableColumn<CheckResult>[] = [
  { id: 'status', title: 'Result', cell: (check) => <StatusBadge status={check.status} /> },
  {
    id: 'model',
    title: 'Model',
    cell: (check) => <a href={hrefTo('models', check.model, { tab: 'checks' })}>{check.model}</a>,
  },
  { id: 'name', title: 'Check', isWide: true, cell: (check) => check.name },
  { id: 'column', title: 'Column', cell: (check) => check.column ?? '' },
  { id: 'failures', title: 'Failing rows', isNumber: true, cell: (check) => formatCount(check.failures) },
  { id: 'severity', title: 'Severity', cell: (check) => check.severity },
  { id: 'blocking', title: 'If it fails', cell: (check) => (check.blocking ? 'blocks the run' : 'warns') },
]
