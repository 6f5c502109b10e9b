import type { ComparedRun, CompareOverview } from '#features/compare'
import type { ErrorReport } from '../../lib/error-report.ts'
import { plural } from '../../lib/format.ts'
import { hrefWith, navigate, type Route } from '../../lib/route.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Tabs, type Tab } from '../../ui/tabs.tsx'
import { DifferencesTab } from './differences-tab.tsx'
import { overviewHref, type Pair } from './pair-in-address.ts'
import { RowCountsTab } from './row-counts-tab.tsx'
import { RunPickers } from './run-pickers.tsx'
import { SchemaTab } from './schema-tab.tsx'
import { SuggestionsTab } from './suggestions-tab.tsx'
import { VerdictBanner } from './verdict-banner.tsx'

type TabId = 'differences' | 'rows' | 'schema' | 'suggestions'

interface OverviewPageProps {
  readonly overview: CompareOverview
  /** Why what is shown could not be read again; null when it could. */
  readonly error: ErrorReport | null
  readonly runs: readonly ComparedRun[]
  readonly route: Route
}

/** Two runs against each other: the verdict, then all that differs, the most unusual first. */
export function OverviewPage({ overview, error, runs, route }: OverviewPageProps) {
  const { a, b } = overview
  // Links from here name both runs, so that they say the same tomorrow.
  const tabs = tabsOf(overview, { a: a.run_id, b: b.run_id })
  const tab = route.query.get('tab')
  const newer = runs.find((run) => run.is_current && run.run_id > b.run_id)
  return (
    <Screen
      title="Compare"
      actions={<RunPickers key={`${a.run_id} ${b.run_id}`} runs={runs} a={a.run_id} b={b.run_id} tab={tab} />}
    >
      <div className="compare-body">
        {error !== null && <ErrorNotice error={error} />}
        {newer !== undefined && (
          <p className="compare-stale soft">
            Run {newer.run_id} has been published since.{' '}
            <a href={overviewHref({}, tab)}>Compare it with the run before it</a>
          </p>
        )}
        <VerdictBanner overview={overview} />
        <Tabs<TabId>
          label="What differs"
          tabs={tabs}
          openId={tabs.find((one) => one.id === tab)?.id ?? 'differences'}
          onOpen={(id) => navigate(hrefWith(route, { tab: id === 'differences' ? null : id }))}
        />
      </div>
    </Screen>
  )
}

function tabsOf(overview: CompareOverview, pair: Pair): Tab<TabId>[] {
  const { differences, rows, schema } = overview
  const alarms = differences.filter(({ level, label }) => level === 'alarm' && label === null).length
  return [
    {
      id: 'differences',
      title: 'Differences',
      badge: alarms === 0 ? null : { count: alarms, meaning: plural(alarms, 'unusual difference'), tone: 'bad' },
      content: <DifferencesTab overview={overview} pair={pair} />,
    },
    { id: 'rows', title: 'Row counts', content: <RowCountsTab rows={rows} pair={pair} /> },
    {
      id: 'schema',
      title: 'Schema',
      badge:
        schema.length === 0
          ? null
          : { count: schema.length, meaning: plural(schema.length, 'changed column'), tone: 'attention' },
      content: <SchemaTab changes={schema} pair={pair} />,
    },
    { id: 'suggestions', title: 'Suggested checks', content: <SuggestionsTab /> },
  ]
}
