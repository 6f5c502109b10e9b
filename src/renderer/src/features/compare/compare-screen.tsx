import { GitCompareArrows } from 'lucide-react'
import { compareMethods } from '#features/compare'
import type { WorkspaceInfo } from '#features/workspace'
import type { ErrorReport } from '../../lib/error-report.ts'
import { hrefTo, type Route } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Screen, ScreenPage } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ColumnPage } from './column-page.tsx'
import { LabelDialog } from './label-dialog.tsx'
import { useLabelDialog } from './label-dialog-store.ts'
import { MetricPage } from './metric-page.tsx'
import { metricFromAddress, pairFromAddress, scopeFromAddress, type Pair } from './pair-in-address.ts'
import { OverviewPage } from './overview-page.tsx'
import { RelationPage } from './relation-page.tsx'
import './compare.css'

interface ScreenProps {
  readonly route: Route
  readonly info: WorkspaceInfo
}

/** How two runs differ: all in all, in one relation, in one of its columns, or one metric from run to run. */
export function CompareScreen({ route, info }: ScreenProps) {
  const { labelled, close } = useLabelDialog()
  return (
    <>
      <Place route={route} info={info} />
      {labelled !== null && <LabelDialog key={JSON.stringify(labelled)} labelled={labelled} onClose={close} />}
    </>
  )
}

function Place({ route, info }: ScreenProps) {
  if (route.name === null) return <Overview route={route} />
  const { a, b } = pairFromAddress(route.query)
  if (a === undefined || b === undefined) return <LatestPair route={route} info={info} />
  return <RelationPlace relation={route.name} pair={{ a, b }} route={route} info={info} />
}

/** An address that names a relation but not both runs: those that the engine would take. */
function LatestPair({ route, info }: ScreenProps) {
  const { data, error } = useQuery(compareMethods.overview, pairFromAddress(route.query), { keepPrevious: true })
  if (data === null) return <NotYet />
  if (data === undefined || route.name === null) return <Waiting error={error} />
  const pair = { a: data.a.run_id, b: data.b.run_id }
  return <RelationPlace relation={route.name} pair={pair} route={route} info={info} />
}

interface RelationPlaceProps extends ScreenProps {
  readonly relation: string
  readonly pair: Pair
}

function RelationPlace({ relation, pair, route, info }: RelationPlaceProps) {
  const { query } = route
  const key = metricFromAddress(relation, query)
  if (key !== null) return <MetricPage key={JSON.stringify(key)} metric={key} pair={pair} />
  const column = query.get('column')
  if (column !== null) {
    return <ColumnPage relation={relation} column={column} scope={scopeFromAddress(query)} pair={pair} />
  }
  return (
    <RelationPage
      key={relation}
      relation={relation}
      pair={pair}
      route={route}
      published={info.published?.run_id ?? null}
    />
  )
}

function Overview({ route }: { readonly route: Route }) {
  const pair = pairFromAddress(route.query)
  const runs = useQuery(compareMethods.runs, {}, { keepPrevious: true })
  const overview = useQuery(compareMethods.overview, pair, { keepPrevious: true })
  const error = overview.error ?? runs.error
  if (overview.data === null) return <NotYet />
  if (overview.data !== undefined && runs.data !== undefined) {
    return <OverviewPage overview={overview.data} error={error} runs={runs.data} route={route} />
  }
  return <Waiting error={error} />
}

function Waiting({ error }: { readonly error: ErrorReport | null }) {
  return (
    <Screen title="Compare">
      {error === null ? (
        <Skeleton />
      ) : (
        <ScreenPage>
          <ErrorNotice error={error} />
        </ScreenPage>
      )}
    </Screen>
  )
}

function NotYet() {
  return (
    <Screen title="Compare">
      <Empty icon={<GitCompareArrows />} title="There are not two runs to compare yet">
        <p>
          Once two runs have been published, this says what is different in the later one, how unusual that is, and
          which rows are behind it.
        </p>
        <p>
          Run the pipeline with the next delivery on <a href={hrefTo('runs')}>Runs</a>.
        </p>
      </Empty>
    </Screen>
  )
}
