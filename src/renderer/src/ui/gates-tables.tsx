import type { Gate, GateOverride } from '#features/gates'
import { formatCount } from '../lib/format.ts'
import { hrefTo } from '../lib/route.ts'
import { Instant } from './instant.tsx'
import { StatusBadge } from './status-badge.tsx'
import { Table, type TableColumn } from './table.tsx'
import './gates-tables.css'

interface GatesTablesProps {
  readonly gates: readonly Gate[]
  readonly overrides: readonly GateOverride[]
  /** They are all of one run, which the page is about. */
  readonly isOneRun?: boolean
}

/** What the gates said of deliveries, and what people let through. */
export function GatesTables({ gates, overrides, isOneRun = false }: GatesTablesProps) {
  const of = <Row,>(columns: readonly TableColumn<Row>[]) => (isOneRun ? columns.slice(1) : columns)
  return (
    <>
      {gates.length > 0 && (
        <Table
          label="Gates"
          columns={of(gateColumns)}
          rows={gates}
          rowKey={({ run_id: runId, source, gate }) => `${runId} ${source} ${gate}`}
        />
      )}
      {overrides.length > 0 && (
        <div className="gates-overrides">
          <h3>Let through</h3>
          <Table
            label="Let through"
            columns={of(overrideColumns)}
            rows={overrides}
            rowKey={({ run_id: runId, source, gate, at }) => `${runId} ${source} ${gate} ${at}`}
          />
        </div>
      )}
    </>
  )
}

const badges = {
  pass: { status: 'pass', word: 'Passed' },
  warn: { status: 'warn', word: 'Warning' },
  held: { status: 'fail', word: 'Held' },
  allowed: { status: 'waived', word: 'Let through' },
  quiet: { status: 'none', word: 'Quiet' },
} as const

const runLink = (runId: number) => <a href={hrefTo('runs', String(runId))}>{runId}</a>

const gateColumns: readonly TableColumn<Gate>[] = [
  { id: 'run', title: 'Run', isNumber: true, cell: (gate) => runLink(gate.run_id) },
  { id: 'source', title: 'Source', cell: (gate) => gate.source },
  { id: 'gate', title: 'Gate', cell: (gate) => gate.gate },
  { id: 'status', title: 'Result', cell: (gate) => <StatusBadge {...badges[gate.status]} /> },
  { id: 'value', title: 'Value', isNumber: true, cell: (gate) => measured(gate, gate.value) },
  { id: 'band', title: 'Usual', isNumber: true, cell: bandOf },
  { id: 'message', title: 'What it says', isWide: true, cell: (gate) => gate.message },
]

const overrideColumns: readonly TableColumn<GateOverride>[] = [
  { id: 'run', title: 'Run', isNumber: true, cell: (one) => runLink(one.run_id) },
  { id: 'source', title: 'Source', cell: (one) => one.source },
  { id: 'gate', title: 'Gate', cell: (one) => one.gate },
  { id: 'at', title: 'Let through', cell: (one) => <Instant at={one.at} /> },
  { id: 'who', title: 'By', cell: (one) => one.who },
  { id: 'expected', title: 'From now on', cell: (one) => (one.expected ? 'expected' : 'this once') },
  { id: 'reason', title: 'Reason', isWide: true, cell: (one) => one.reason },
]

function measured({ gate }: Gate, value: number | null): string {
  if (value === null) return '–'
  if (gate === 'keys') return `${formatCount(Math.round(value * 100))} %`
  return gate === 'freshness' ? `${formatCount(value)} d` : formatCount(value)
}

function bandOf(gate: Gate): string {
  const { low, high } = gate
  if (high === null) return '–'
  return low === null || low === 0
    ? `up to ${measured(gate, high)}`
    : `${measured(gate, low)} to ${measured(gate, high)}`
}
