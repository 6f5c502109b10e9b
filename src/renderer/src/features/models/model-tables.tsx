import { History, KeyRound, ListChecks } from 'lucide-react'
import { formatCount, formatDuration } from '../../lib/format.ts'
import { hrefTo, type Route } from '../../lib/route.ts'
import { consequence } from '../../ui/consequence.ts'
import { Empty } from '../../ui/empty.tsx'
import { Instant } from '../../ui/instant.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import type { ModelDetail } from './model-detail.ts'
import { chosenState, StateSwitch } from './state-switch.tsx'

type Column = ModelDetail['columns'][number]
type Check = ModelDetail['checks'][number]
type HistoryEntry = ModelDetail['history'][number]

/** What a model's columns are called, hold and mean. */
export function ModelColumns({ columns }: { readonly columns: readonly Column[] }) {
  return (
    <div className="tab-page">
      <Table label="Columns" rows={columns} rowKey={(column) => column.name} columns={columnColumns} />
    </div>
  )
}

const columnColumns: readonly TableColumn<Column>[] = [
  { id: 'name', title: 'Column', cell: (column) => <code>{column.name}</code> },
  { id: 'type', title: 'Type', cell: (column) => column.type },
  { id: 'key', title: 'Key', cell: (column) => column.is_key && <KeyMark /> },
  { id: 'description', title: 'Meaning', isWide: true, cell: (column) => column.description },
]

function KeyMark() {
  return (
    <span className="status">
      <KeyRound aria-hidden="true" />
      Key
    </span>
  )
}

/** A model's checks and how they went in the published run, or in the one that a check blocked. */
export function ModelChecks({ model, route }: { readonly model: ModelDetail; readonly route: Route }) {
  const { checks, candidate_run: candidateRun } = model
  if (checks.length === 0) {
    return (
      <Empty icon={<ListChecks />} title="No checks">
        <p>Checks are declared under the model in the .yml file beside its SQL.</p>
      </Empty>
    )
  }
  const state = chosenState(candidateRun, route)
  const run = state === 'candidate' ? candidateRun : null
  return (
    <>
      {candidateRun !== null && <StateSwitch candidate={candidateRun} state={state} route={route} />}
      <div className="tab-page">
        <Table
          label="Checks"
          rows={run === null ? checks : checks.map(inCandidate).toSorted(worstFirst)}
          rowKey={(check) => check.name}
          columns={checkColumns(run)}
        />
      </div>
    </>
  )
}

function inCandidate(check: Check): Check {
  return { ...check, status: check.candidate?.status ?? null, failures: check.candidate?.failures ?? null }
}

const order = { fail: 0, warn: 1, pass: 2 } as const

function worstFirst(one: Check, other: Check): number {
  return order[one.status ?? 'pass'] - order[other.status ?? 'pass']
}

/** `run`: the one whose page a check leads to; null for the published one. */
function checkColumns(run: number | null): readonly TableColumn<Check>[] {
  const query = run === null ? {} : { run: String(run) }
  return [
    {
      id: 'status',
      title: 'Result',
      cell: ({ status }) =>
        status === null ? <StatusBadge status="none" word="Not run yet" /> : <StatusBadge status={status} />,
    },
    {
      id: 'name',
      title: 'Check',
      isWide: true,
      // Before it was made there is no page of it.
      cell: ({ name, status }) => (status === null ? name : <a href={hrefTo('checks', name, query)}>{name}</a>),
    },
    { id: 'column', title: 'Column', cell: (check) => check.column ?? '' },
    {
      id: 'failures',
      title: 'Failing rows',
      isNumber: true,
      cell: ({ failures }) => (failures === null ? '' : formatCount(failures)),
    },
    { id: 'blocking', title: 'If it fails', cell: consequence },
  ]
}

/** Rows and time of a model in the latest runs. */
export function ModelHistory({ history }: { readonly history: readonly HistoryEntry[] }) {
  if (history.length === 0) {
    return (
      <Empty icon={<History />} title="No history">
        <p>Each run adds a line: how many rows the model had and how long it took.</p>
      </Empty>
    )
  }
  return (
    <div className="tab-page">
      <Table isCompact label="History" rows={history} rowKey={(entry) => entry.run_id} columns={historyColumns} />
    </div>
  )
}

const historyColumns: readonly TableColumn<HistoryEntry>[] = [
  { id: 'run', title: 'Run', cell: (entry) => <a href={hrefTo('runs', String(entry.run_id))}>Run {entry.run_id}</a> },
  { id: 'at', title: 'Finished', cell: (entry) => <Instant at={entry.finished_at} /> },
  { id: 'rows', title: 'Rows', isNumber: true, cell: (entry) => formatCount(entry.rows) },
  { id: 'seconds', title: 'Time', isNumber: true, cell: (entry) => formatDuration(entry.seconds) },
]
