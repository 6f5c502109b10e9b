import { ChartColumn } from 'lucide-react'
import { reportsMethods } from '#features/reports'
import type { WorkspaceInfo } from '#features/workspace'
import { hrefTo, type Route } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Screen, ScreenPage } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ReportDesk } from './report-desk.tsx'

/** A run as a file for people who have no Assay: which run, what it shows, and how it will look. */
export function ReportsScreen({ route, info }: { readonly route: Route; readonly info: WorkspaceInfo }) {
  const { data: runs, error } = useQuery(reportsMethods.list, {})
  const asked = Number(route.name)
  const run = runs?.find((one) => (route.name === null ? one.is_current : one.run_id === asked)) ?? runs?.[0]
  if (runs !== undefined && run !== undefined)
    return <ReportDesk runs={runs} run={run} isDesktop={info.host.kind === 'desktop'} />
  return (
    <Screen title="Reports">
      {runs === undefined ? (
        <ScreenPage>{error === null ? <Skeleton /> : <ErrorNotice error={error} />}</ScreenPage>
      ) : (
        <Empty icon={<ChartColumn />} title="There is no run to report on yet">
          <p>
            A report shows a run to people who have no Assay: one file, for a manager or a client. Start a run on{' '}
            <a href={hrefTo('runs')}>Runs</a> first.
          </p>
        </Empty>
      )}
    </Screen>
  )
}
