import type { Gate, GateOverride } from '#features/gates'
import { formatCount, plural } from '../lib/format.ts'
import { hrefTo } from '../lib/route.ts'
import { Button } from './button.tsx'
import { Fold } from './fold.tsx'
import { Instant } from './instant.tsx'
import { StatusBadge } from './status-badge.tsx'
import { Table, type TableColumn } from './table.tsx'
import './gates-tables.css'

interface GatesTablesProps {
  readonly gates: readonly Gate[]
  readonly overrides: readonly GateOverride[]
  /** They are all of one run, which the page is about. */
  readonly isOneRun?: boolean
  /** Asks to let one company through that a gate holds; null where that is not offered. */
  readonly onLetThrough?: ((company: string) => void) | null
}

/** What the gates said of deliveries, and what people let through. */
export function GatesTables({ gates, overrides, isOneRun = false, onLetThrough = null }: GatesTablesProps) {
  const hasCompanies = [...gates, ...overrides].some(({ company }) => company !== null)
  const of = <Row,>(columns: readonly TableColumn<Row>[]) =>
    columns.filter(({ id }) => (id !== 'run' || !isOneRun) && (id !== 'company' || hasCompanies))
  const isAsked = onLetThrough !== null && gates.some(isOpenCompany)
  const judging = gates.filter(({ status }) => status !== 'quiet')
  const quiet = gates.filter(({ status }) => status === 'quiet')
  return (
    <>
      {judging.length > 0 && (
        <Table
          label="Gates"
          columns={of(isAsked ? [...gateColumns, letThroughColumn(onLetThrough)] : gateColumns)}
          rows={judging}
          rowKey={keyOf}
        />
      )}
      {/* At first most gates have nothing to say, which must not push what follows out of sight. */}
      {quiet.length > 0 && (
        <Fold
          id="gates.quiet"
          title={`${plural(quiet.length, 'gate')} with too little history to judge`}
          isOpenAtFirst={false}
        >
          <Table label="Too little history" columns={of(gateColumns)} rows={quiet} rowKey={keyOf} />
        </Fold>
      )}
      {overrides.length > 0 && (
        <div className="gates-overrides">
          <h3>Let through</h3>
          <Table
            label="Let through"
            columns={of(overrideColumns)}
            rows={overrides}
            rowKey={({ run_id: runId, source, gate, company, at }) =>
              `${runId} ${source} ${gate} ${company ?? ''} ${at}`
            }
          />
        </div>
      )}
    </>
  )
}

const keyOf = ({ run_id: runId, source, gate, company }: Gate) => `${runId} ${source} ${gate} ${company ?? ''}`

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
  { id: 'company', title: 'Company', cell: (gate) => gate.company ?? 'all' },
  { id: 'status', title: 'Result', cell: (gate) => <StatusBadge {...badges[gate.status]} /> },
  { id: 'value', title: 'Value', isNumber: true, cell: (gate) => measured(gate, gate.value) },
  { id: 'band', title: 'Usual', isNumber: true, cell: bandOf },
  { id: 'message', title: 'What it says', isWide: true, cell: (gate) => gate.message },
]

const overrideColumns: readonly TableColumn<GateOverride>[] = [
  { id: 'run', title: 'Run', isNumber: true, cell: (one) => runLink(one.run_id) },
  { id: 'source', title: 'Source', cell: (one) => one.source },
  { id: 'gate', title: 'Gate', cell: (one) => one.gate },
  { id: 'company', title: 'Company', cell: (one) => one.company ?? 'all' },
  { id: 'at', title: 'Let through', cell: (one) => <Instant at={one.at} /> },
  { id: 'who', title: 'By', cell: (one) => one.who },
  { id: 'expected', title: 'From now on', cell: (one) => (one.expected ? 'expected' : 'this once') },
  { id: 'reason', title: 'Reason', isWide: true, cell: (one) => one.reason },
]

const isOpenCompany = ({ company, is_open: isOpen }: Gate) => company !== null && isOpen

function letThroughColumn(onLetThrough: (company: string) => void): TableColumn<Gate> {
  return {
    id: 'allow',
    title: 'Let through',
    cell: (gate) =>
      gate.company !== null &&
      gate.is_open && <Button onClick={() => onLetThrough(gate.company ?? '')}>Let {gate.company} through</Button>,
  }
}

function measured({ gate }: Gate, value: number | null): string {
  if (value === null) return '–'
  if (gate === 'companies') return value === 0 ? 'none held' : `${formatCount(value)} held`
  if (gate === 'keys') return `${formatCount(Math.round(value * 100))} %`
  return gate === 'freshness' ? `${formatCount(value)} d` : formatCount(value)
}

function bandOf(gate: Gate): string {
  const { low, high } = gate
  if (gate.gate === 'companies' && gate.value !== null) return 'none held'
  if (high === null) return '–'
  return low === null || low === 0
    ? `up to ${measured(gate, high)}`
    : `${measured(gate, low)} to ${measured(gate, high)}`
}
