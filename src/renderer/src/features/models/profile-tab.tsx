import { useState } from 'react'
import { modelsMethods, type KeySpread, type ModelProfile } from '#features/models'
import { formatCount, formatDuration, plural } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Section } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { JoinsSection } from './joins-section.tsx'
import type { ModelDetail } from './model-detail.ts'
import { PlanTable } from './plan-table.tsx'
import './profile-tab.css'

type Guard = ModelProfile['guards'][number]
type Input = ModelProfile['inputs'][number]

/** What a model reads, gives and costs, beside the last good run: guards, inputs, keys and query plan. */
export function ProfileTab({ model, runId }: { readonly model: ModelDetail; readonly runId: number | null }) {
  const { name } = model
  const [isCounting, setCounting] = useState(false)
  const run = runId === null ? {} : { run_id: runId }
  const counts = { keys: isCounting, joins: isCounting }
  const { data, error } = useQuery(modelsMethods.profile, { name, ...counts, ...run }, { keepPrevious: true })
  if (error !== null) return <ErrorNotice error={error} />
  if (data === undefined) return <Skeleton />
  const isBuilt = data.built_in !== null || model.rows !== null
  const isCounted = data.keys !== null || data.inputs.some(({ keys }) => keys !== null)
  return (
    <div className="tab-page profile">
      <p className="soft">
        <Cost profile={data} isBuilt={isBuilt} />
      </p>
      {data.guards.length > 0 && (
        <Section title="Guards">
          <Table label="Guards" rows={data.guards} rowKey={(guard) => guard.guard} columns={guardColumns} />
        </Section>
      )}
      <Section title="Rows in and out">
        <Table label="Inputs" rows={data.inputs} rowKey={(input) => input.name} columns={inputColumns} />
      </Section>
      <JoinsSection profile={data} onCount={isCounting ? null : () => setCounting(true)} />
      <Section
        title="Keys"
        beside={isBuilt && !isCounting && <Button onClick={() => setCounting(true)}>Count the keys</Button>}
      >
        {!isCounting && (
          <p className="soft">
            How many rows one key has, in each input and in the model
            {isBuilt ? ': counting reads all of them.' : '; it can be counted once a run has built them.'}
          </p>
        )}
        {isCounting && isCounted && <KeysTable profile={data} />}
        {isCounting && !isCounted && (
          <p className="soft">The rows of this run are not kept any more, or no input shares a key column.</p>
        )}
      </Section>
      <Section title="Query plan">
        <PlanTable profile={data} />
      </Section>
    </div>
  )
}

function Cost({ profile, isBuilt }: { readonly profile: ModelProfile; readonly isBuilt: boolean }) {
  const { built_in: builtIn, seconds, rows, scope } = profile
  if (builtIn === null && !isBuilt)
    return (
      <>
        Nothing of this model is built yet. Run the pipeline on <a href={hrefTo('runs')}>Runs</a> first.
      </>
    )
  if (builtIn === null) return <>No run has recorded yet how this model is built.</>
  const parts = scope === 'part' ? ', of which a part was built' : ''
  return (
    <>
      <a href={hrefTo('runs', String(builtIn))}>Run {builtIn}</a> built it in {formatDuration(seconds ?? 0)}:{' '}
      {plural(rows ?? 0, 'row')}
      {parts}. <Before profile={profile} />
    </>
  )
}

/** What the run is compared with. */
function Before({ profile: { scope, last_good: last, last_other: other } }: { readonly profile: ModelProfile }) {
  if (last !== null)
    return `The last good run, ${last.run_id}, took ${formatDuration(last.seconds)} for ${plural(last.rows, 'row')}.`
  if (other === null) return 'There is no earlier good run to compare with.'
  return (
    <>
      The last good run, {other.run_id}, built {scope === 'part' ? 'all' : 'a part'} of it in{' '}
      {formatDuration(other.seconds)}, {plural(other.rows, 'row')}: rows are compared with it; time and plan cannot be.
    </>
  )
}

const guardWords = {
  fan_out: 'Fan-out',
  growth: 'Growth',
  seconds: 'Time',
  rows_read: 'Rows read',
  time_limit: 'Time limit',
  unit_test: 'Unit tests',
} as const satisfies Record<Guard['guard'], string>

const guardColumns: readonly TableColumn<Guard>[] = [
  { id: 'status', title: 'Result', cell: (guard) => <StatusBadge status={guard.status} /> },
  { id: 'guard', title: 'Guard', cell: (guard) => guardWords[guard.guard] },
  { id: 'message', title: 'What it says', isWide: true, cell: (guard) => guard.message },
]

const count = (value: number | null) => (value === null ? '' : formatCount(value))

const inputColumns: readonly TableColumn<Input>[] = [
  { id: 'name', title: 'Input', cell: (input) => <a href={hrefTo('models', input.name)}>{input.name}</a> },
  { id: 'kind', title: 'Kind', cell: (input) => input.kind },
  { id: 'rows', title: 'Rows in', isNumber: true, cell: (input) => count(input.rows) },
  { id: 'before', title: 'In the last good run', isNumber: true, cell: (input) => count(input.rows_before) },
  {
    id: 'ratio',
    title: 'Rows out for each row in',
    isNumber: true,
    cell: ({ ratio }) => (ratio === null ? '' : ratio < 10 ? ratio.toFixed(2) : formatCount(Math.round(ratio))),
  },
]

interface SpreadRow {
  readonly name: string
  readonly spread: KeySpread
}

function KeysTable({ profile }: { readonly profile: ModelProfile }) {
  const own = profile.keys === null ? [] : [{ name: profile.name, spread: profile.keys }]
  const rows = [
    ...own,
    ...profile.inputs.flatMap(({ name, keys }): SpreadRow[] => (keys === null ? [] : [{ name, spread: keys }])),
  ]
  return <Table label="Keys" rows={rows} rowKey={(row) => row.name} columns={keyColumns} />
}

const keyColumns: readonly TableColumn<SpreadRow>[] = [
  { id: 'name', title: 'Rows of', cell: (row) => row.name },
  { id: 'columns', title: 'By', cell: ({ spread }) => spread.columns.join(', ') },
  { id: 'distinct', title: 'Keys', isNumber: true, cell: ({ spread }) => formatCount(spread.distinct) },
  { id: 'most', title: 'Most rows of one', isNumber: true, cell: ({ spread }) => formatCount(spread.most_rows) },
  { id: 'before', title: 'Before', isNumber: true, cell: ({ spread }) => count(spread.most_rows_before) },
  {
    id: 'top',
    title: 'Most frequent',
    isWide: true,
    cell: ({ spread }) => spread.top.map(({ key, rows }) => `${key}: ${formatCount(rows)}`).join('; '),
  },
]
