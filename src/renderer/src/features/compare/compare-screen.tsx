import { GitCompareArrows } from 'lucide-react'
import { compareMethods } from '#features/compare'
import type { Route } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Screen, ScreenPage } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ColumnPage } from './column-page.tsx'
import { LabelDialog } from './label-dialog.tsx'
import { useLabelDialog } from './label-dialog-store.ts'
import { MetricPage } from './metric-page.tsx'
import { metricFromAddress, pairFromAddress, scopeFromAddress } from './pair-in-address.ts'
import { OverviewPage } from './overview-page.tsx'
import { RelationPage } from './relation-page.tsx'
import './compare.css'

/** How two runs differ: all in all, in one relation, in one of its columns, or one metric from run to run. */
export function CompareScreen({ route }: { readonly route: Route }) {
  const { labelled, close } = useLabelDialog()
  return (
    <>
      <Place route={route} />
      {labelled !== null && <LabelDialog key={JSON.stringify(labelled)} labelled={labelled} onClose={close} />}
    </>
  )
}

function Place({ route }: { readonly route: Route }) {
  const { name: relation, query } = route
  const pair = pairFromAddress(query)
  if (relation === null) return <Overview route={route} />
  const key = metricFromAddress(relation, query)
  if (key !== null) return <MetricPage key={JSON.stringify(key)} metric={key} pair={pair} route={route} />
  const column = query.get('column')
  if (column !== null) {
    return <ColumnPage relation={relation} column={column} scope={scopeFromAddress(query)} pair={pair} />
  }
  return <RelationPage key={relation} relation={relation} pair={pair} route={route} />
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
        <p>Run the pipeline with the next delivery: press g, then r.</p>
      </Empty>
    </Screen>
  )
}
