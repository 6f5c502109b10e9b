import { ListChecks } from 'lucide-react'
import { checksMethods, type Check } from '#features/checks'
import type { HeldPart } from '#protocol/held-part'
import type { OutputOf } from '#protocol/method'
import { formatCount, plural } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { consequence } from '../../ui/consequence.ts'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Screen, ScreenPage } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { failingRows, limits } from './check-words.ts'
import { GatesSection } from './gates-section.tsx'
import { LaterRunNote } from './later-run.tsx'
import { Sparkline } from './sparkline.tsx'
import { UnitTests } from './unit-tests.tsx'
import './checks.css'

export type ChecksTab = 'checks' | 'gates' | 'unit'

interface ChecksListProps {
  /** Undefined for the published run. */
  readonly runId: number | undefined
  readonly tab: ChecksTab
  onTab(tab: ChecksTab): void
}

/** The checks of a run, those that did not pass on top, and what they hold back. */
export function ChecksList({ runId, tab, onTab }: ChecksListProps) {
  const { data, error } = useQuery(checksMethods.list, runId === undefined ? {} : { run_id: runId }, {
    keepPrevious: true,
  })
  const checks = data?.checks ?? []
  // Where the address names the later run itself there is nothing to say of it.
  const later = data?.later ?? null
  const isOlder = later !== null && data?.run_id !== later.run_id
  return (
    <Screen
      title="Checks"
      facts={
        data !== undefined &&
        data.run_id !== null && (
          <span>
            of <a href={hrefTo('runs', String(data.run_id))}>run {data.run_id}</a>: {summary(checks)}
          </span>
        )
      }
    >
      <Tabs<ChecksTab>
        label="Checks, gates and unit tests"
        openId={tab}
        onOpen={onTab}
        tabs={[
          {
            id: 'checks',
            title: 'Checks',
            content: (
              <ScreenPage>
                {error !== null && <ErrorNotice error={error} />}
                {data === undefined && error === null && <Skeleton />}
                {isOlder && <LaterRunNote later={later} check={null} />}
                {data !== undefined && data.held.length > 0 && <Held held={data.held} />}
                {data !== undefined && checks.length === 0 && <NoChecks listed={data} />}
                {checks.length > 0 && (
                  <Table
                    label="Checks"
                    columns={columnsFor(runId)}
                    rows={checks.toSorted(worstFirst)}
                    rowKey={(check) => check.name}
                  />
                )}
              </ScreenPage>
            ),
          },
          {
            id: 'gates',
            title: 'Gates',
            content: (
              <ScreenPage>
                <GatesSection />
              </ScreenPage>
            ),
          },
          { id: 'unit', title: 'Unit tests', content: <UnitTests /> },
        ]}
      />
    </Screen>
  )
}

function NoChecks({ listed }: { readonly listed: OutputOf<typeof checksMethods.list> }) {
  const { run_id: runId, declared, later } = listed
  if (declared === 0)
    return (
      <Empty icon={<ListChecks />} title="The project has no checks">
        <p>Checks are declared under their model in the .yml file beside its SQL.</p>
      </Empty>
    )
  if (runId !== null)
    return (
      <Empty icon={<ListChecks />} title="No checks were made">
        <p>
          <a href={hrefTo('runs', String(runId))}>Run {runId}</a> came to none of the checks that the project has now.
        </p>
      </Empty>
    )
  return (
    <Empty icon={<ListChecks />} title="Nothing is published yet">
      <p>
        Every run checks its models before it is published; a failing check that blocks keeps the run from its readers.
      </p>
      <p>
        {later === null ? 'Run the pipeline' : `Mend what stopped run ${later.run_id}, then run the pipeline again`} on{' '}
        <a href={hrefTo('runs')}>Runs</a>.
      </p>
    </Empty>
  )
}

function summary(checks: readonly Check[]): string {
  if (checks.length === 0) return 'no checks were made'
  const notPassed = checks.filter((check) => check.status !== 'pass').length
  return `${plural(checks.length, 'check')}, ${notPassed === 0 ? 'all passed' : `${formatCount(notPassed)} not passed`}`
}

/** The parts that the run held back: what readers see of them is older. */
export function Held({ held }: { readonly held: readonly HeldPart[] }) {
  const parts = new Set(held.map(({ value }) => value)).size
  return (
    <section className="checks-held" aria-label="Held back">
      <h2>Held back</h2>
      <p>
        {plural(parts, 'part')} failed a blocking check, or a gate holds what was delivered. Readers see{' '}
        {parts === 1 ? 'it' : 'them'} as {parts === 1 ? 'it was' : 'they were'} before; the rest of the run is
        published. The next run that passes brings {parts === 1 ? 'it' : 'them'} up to date.
      </p>
      <Table
        isCompact
        label="Held back"
        columns={heldColumns}
        rows={held}
        rowKey={(part) => `${part.value} ${part.check}`}
      />
    </section>
  )
}

const heldColumns: readonly TableColumn<HeldPart>[] = [
  { id: 'value', title: 'Part', cell: (part) => `${part.column} ${part.value}` },
  {
    id: 'check',
    title: 'Check',
    cell: ({ check, source }) => (
      <a href={source === null ? hrefTo('checks', check) : hrefTo('checks', null, { tab: 'gates' })}>{check}</a>
    ),
  },
  {
    id: 'linked',
    title: 'Because',
    cell: ({ source, linked_to: linkedTo }) =>
      linkedTo !== null
        ? `rows moved between it and ${linkedTo}`
        : source === null
          ? 'its rows fail'
          : 'its feed is not as usual',
  },
  {
    id: 'since',
    title: 'Readers see',
    cell: (part) => (part.since_run === 0 ? 'nothing of it yet' : `its rows of run ${part.since_run}`),
  },
]

const order = { fail: 0, warn: 1, pass: 2 } as const

function worstFirst(one: Check, other: Check): number {
  return order[one.status] - order[other.status]
}

function columnsFor(runId: number | undefined): readonly TableColumn<Check>[] {
  const query = runId === undefined ? {} : { run: String(runId) }
  return [
    { id: 'status', title: 'Result', cell: (check) => <StatusBadge status={check.status} /> },
    {
      id: 'model',
      title: 'Model',
      cell: (check) => <a href={hrefTo('models', check.model, { tab: 'checks' })}>{check.model}</a>,
    },
    {
      id: 'name',
      title: 'Check',
      isWide: true,
      cell: (check) => <a href={hrefTo('checks', check.name, query)}>{check.name.slice(check.model.length + 1)}</a>,
    },
    { id: 'failures', title: 'Failing rows', isNumber: true, cell: failingRows },
    { id: 'limits', title: 'Limits', cell: limits },
    { id: 'consequence', title: 'If it fails', cell: consequence },
    { id: 'history', title: 'Last 30 runs', cell: (check) => <Sparkline history={check.history} /> },
  ]
}
