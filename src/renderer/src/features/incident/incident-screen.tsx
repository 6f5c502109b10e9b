import { incidentMethods } from '#features/incident'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Screen, ScreenPage } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import type { Incident } from './incident.ts'
import { LimitStep } from './limit-step.tsx'
import { ProblemsStep } from './problems-step.tsx'
import { ReleaseStep } from './release-step.tsx'
import { RollBackStep } from './roll-back-step.tsx'
import { Step } from './step.tsx'
import { StopStep } from './stop-step.tsx'

/** What to do on a bad night, in order: stop, see what broke, give readers the last good run, limit what comes in, release. */
export function IncidentScreen() {
  const { data, error } = useQuery(incidentMethods.show, {}, { keepPrevious: true })
  return (
    <Screen title="Incident" facts={data !== undefined && <Facts incident={data} />}>
      <ScreenPage>
        {error !== null && <ErrorNotice error={error} />}
        {data === undefined && error === null && <Skeleton />}
        {data !== undefined && (
          <>
            <StopStep incident={data} />
            <ProblemsStep incident={data} />
            <RollBackStep incident={data} />
            <LimitStep incident={data} />
            <ReleaseStep incident={data} />
            <Step
              title="What was done"
              explanation="Rollbacks, releases, discarded runs, limits and deliveries let through, with who did them."
            >
              {data.actions.length === 0 ? (
                <p className="soft">Nothing yet.</p>
              ) : (
                <Table
                  label="What was done"
                  rows={data.actions}
                  rowKey={(action) => `${action.at} ${action.what}`}
                  columns={actionColumns}
                />
              )}
            </Step>
          </>
        )}
      </ScreenPage>
    </Screen>
  )
}

function Facts({ incident: { run, verdict } }: { readonly incident: Incident }) {
  if (run === null) return <StatusBadge status={verdict.status} word={verdict.title} />
  return (
    <>
      <StatusBadge status={run.status} />
      <a href={hrefTo('runs', String(run.run_id))}>Run {run.run_id}</a>
      <span>as of {run.as_of}</span>
      <span>
        started <Instant at={run.started_at} /> by {run.started_by}
      </span>
    </>
  )
}

const actionColumns: readonly TableColumn<Incident['actions'][number]>[] = [
  { id: 'at', title: 'When', cell: (action) => <Instant at={action.at} /> },
  { id: 'who', title: 'Who', cell: (action) => action.who },
  { id: 'what', title: 'What', cell: (action) => action.what },
  { id: 'reason', title: 'Reason', isWide: true, cell: (action) => action.reason },
]
