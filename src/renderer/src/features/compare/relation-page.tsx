import { compareMethods, type RelationDetail } from '#features/compare'
import { hrefTo, hrefWith, navigate, type Route } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Screen, ScreenPage } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Tabs, type Tab } from '../../ui/tabs.tsx'
import { overviewHref, type Pair } from './pair-in-address.ts'
import { PairNote } from './pair-note.tsx'
import { RelationColumns } from './relation-columns.tsx'
import { RowsTab } from './rows-tab.tsx'
import { RelationSummary } from './relation-summary.tsx'

type TabId = 'summary' | 'columns' | 'rows'

interface RelationPageProps {
  readonly relation: string
  readonly pair: Pair
  readonly route: Route
  /** The run that readers see. */
  readonly published: number | null
}

/** One source or model in both runs: its rows and what changed them, its columns, and the rows behind it. */
export function RelationPage({ relation, pair, route, published }: RelationPageProps) {
  const { data, error } = useQuery(compareMethods.relation, { ...pair, relation }, { keepPrevious: true })
  const tabs = data === undefined ? [] : tabsOf(data, pair, route, published)
  const open = tabs.find(({ id }) => id === route.query.get('tab')) ?? tabs[0]
  return (
    <Screen
      title={
        <>
          <BackLink screen="compare" label="Back to the differences" href={overviewHref(pair)} />
          {relation}
        </>
      }
      facts={data !== undefined && <Facts detail={data} pair={pair} />}
    >
      {error !== null && (
        <ScreenPage>
          <ErrorNotice error={error} />
        </ScreenPage>
      )}
      {data === undefined && error === null && <Skeleton />}
      {open !== undefined && (
        <Tabs<TabId>
          label={`What differs in ${relation}`}
          tabs={tabs}
          openId={open.id}
          onOpen={(id) => navigate(hrefWith(route, { tab: id === 'summary' ? null : id }))}
        />
      )}
    </Screen>
  )
}

function tabsOf(detail: RelationDetail, pair: Pair, route: Route, published: number | null): Tab<TabId>[] {
  return [
    { id: 'summary', title: 'Summary', content: <RelationSummary detail={detail} pair={pair} /> },
    { id: 'columns', title: 'Columns', content: <RelationColumns detail={detail} pair={pair} /> },
    {
      id: 'rows',
      title: 'Rows',
      content: <RowsTab relation={detail.relation} pair={pair} route={route} isPublished={published === pair.b} />,
    },
  ]
}

/** The worst first: the page shows that of all its differences. */
const levels = ['alarm', 'notable', 'usual'] as const

function Facts({ detail, pair }: { readonly detail: RelationDetail; readonly pair: Pair }) {
  const { relation, layer, differences } = detail
  return (
    <>
      <Chip>{layer}</Chip>
      <StatusBadge status={levels.find((level) => differences.some((one) => one.level === level)) ?? 'usual'} />
      <PairNote pair={pair} />
      <a href={hrefTo('models', relation)}>Open it on Models</a>
    </>
  )
}
