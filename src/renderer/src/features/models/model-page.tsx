import { modelsMethods } from '#features/models'
import { plural } from '../../lib/format.ts'
import { hrefTo, hrefWith, navigate, type Route } from '../../lib/route.ts'
import { useRowTrends } from '../../lib/use-row-trends.ts'
import { useQuery } from '../../lib/use-query.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { RowsTrend } from '../../ui/charts/rows-trend.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Screen, ScreenPage } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Tabs, type Tab } from '../../ui/tabs.tsx'
import { ExportButton } from './export-button.tsx'
import { layers } from './layers.ts'
import type { ModelDetail } from './model-detail.ts'
import { ModelChecks, ModelColumns, ModelHistory } from './model-tables.tsx'
import { ProfileTab } from './profile-tab.tsx'
import { RerunButton } from './rerun-button.tsx'
import { RowsTab } from './rows-tab.tsx'
import { SqlTab } from './sql-tab.tsx'
import './model-page.css'

type TabId = 'rows' | 'columns' | 'sql' | 'checks' | 'profile' | 'history'

/** One model: its rows, columns, SQL, checks and history. */
export function ModelPage({ name, route }: { readonly name: string; readonly route: Route }) {
  const { data: model, error } = useQuery(modelsMethods.show, { name }, { keepPrevious: true })
  const tabs = model === undefined ? [] : tabsOf(model, route)
  const open = tabs.find((tab) => tab.id === route.query.get('tab')) ?? tabs[0]
  return (
    <Screen
      title={
        <>
          <BackLink screen="models" label="Back to the picture" />
          {name}
        </>
      }
      facts={model !== undefined && <Facts model={model} />}
      actions={
        model !== undefined &&
        model.layer !== 'source' && (
          <>
            {model.sql !== null && model.rows !== null && <RerunButton name={name} />}
            <ExportButton name={name} isPublished={model.rows !== null} />
          </>
        )
      }
    >
      {error !== null && (
        <ScreenPage>
          <ErrorNotice error={error} />
        </ScreenPage>
      )}
      {model === undefined && error === null && <Skeleton />}
      {open !== undefined && (
        <div className="model-body">
          {model !== undefined && <About model={model} />}
          <Tabs<TabId>
            label={`Parts of ${name}`}
            tabs={tabs}
            openId={open.id}
            onOpen={(id) => navigate(hrefWith(route, { tab: id }))}
          />
        </div>
      )}
    </Screen>
  )
}

function tabsOf(model: ModelDetail, route: Route): Tab<TabId>[] {
  const tabs: Tab<TabId>[] = [
    { id: 'rows', title: 'Rows', hasPanes: true, content: <RowsTab model={model} route={route} /> },
    { id: 'columns', title: 'Columns', content: <ModelColumns columns={model.columns} /> },
  ]
  // A source, or what an enrichment brings, is no SELECT: it has no SQL, no checks and no history of its own.
  if (model.sql === null || model.compiled_sql === null) return tabs
  return [
    ...tabs,
    { id: 'sql', title: 'SQL', content: <SqlTab sql={model.sql} compiled={model.compiled_sql} /> },
    { id: 'checks', title: 'Checks', content: <ModelChecks model={model} route={route} /> },
    { id: 'profile', title: 'Profile', content: <ProfileTab model={model} runId={runIn(route)} /> },
    { id: 'history', title: 'History', content: <ModelHistory history={model.history} /> },
  ]
}

/** The run that the address asks about; null for the latest. */
function runIn(route: Route): number | null {
  const run = Number(route.query.get('run') ?? '')
  return Number.isInteger(run) && run > 0 ? run : null
}

function Facts({ model }: { readonly model: ModelDetail }) {
  const trends = useRowTrends([model.name])
  const { word, icon: Icon } = layers[model.layer]
  return (
    <>
      <Chip>
        <Icon aria-hidden="true" />
        {word}
      </Chip>
      {model.layer !== 'source' && <StatusBadge status={model.state} />}
      <span>
        {model.rows === null ? 'not built yet' : plural(model.rows, 'row')}
        {model.rows !== null && model.candidate !== null && ' published'}
      </span>
      {/* There is no room for both. */}
      {model.candidate === null ? (
        <RowsTrend values={trends.get(model.name)} />
      ) : (
        <Candidate candidate={model.candidate} />
      )}
    </>
  )
}

/** What the run has that a check blocked, beside what is published. */
function Candidate({ candidate }: { readonly candidate: NonNullable<ModelDetail['candidate']> }) {
  const { run_id: runId, rows, state, is_changed: isChanged } = candidate
  return (
    <span className="model-candidate">
      <Chip tone="attention">Candidate</Chip> <a href={hrefTo('runs', String(runId))}>run {runId}</a>
      {state !== 'none' && <StatusBadge status={state} />}
      <span>
        {plural(rows ?? 0, 'row')}
        {!isChanged && ', the same'}
      </span>
    </span>
  )
}

/** What the model is for, what it reads and what reads it: as many lines as that takes. */
function About({ model: { description, depends_on: reads, used_by: readBy } }: { readonly model: ModelDetail }) {
  return (
    <p className="model-about">
      {description !== '' && <span>{description}</span>}
      <Neighbours word="reads" names={reads} />
      <Neighbours word="read by" names={readBy} />
    </p>
  )
}

function Neighbours({ word, names }: { readonly word: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <span>
      {word}{' '}
      {names.map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <a href={hrefTo('models', name)}>{name}</a>
        </span>
      ))}
    </span>
  )
}
