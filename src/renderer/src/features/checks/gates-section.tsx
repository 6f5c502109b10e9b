import { useState } from 'react'
import { gatesMethods, type Gate, type GateOverride } from '#features/gates'
import { formatCount, formatInstant } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Fold } from '../../ui/fold.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { LetThroughDialog } from './let-through-dialog.tsx'

/** The gates before deliveries: what they said in the last runs, and what people let through. */
export function GatesSection() {
  const { data, error } = useQuery(gatesMethods.list, { limit: 10 }, { keepPrevious: true })
  const [asked, setAsked] = useState<number | null>(null)
  const gates = data?.gates ?? []
  const overrides = data?.overrides ?? []
  const held = gates.find(({ status }) => status === 'held')
  const isOpen = held !== undefined && !overrides.some((one) => one.run_id === held.run_id)
  return (
    <Fold
      id="checks.gates"
      title="Gates"
      beside={isOpen && <Button onClick={() => setAsked(held.run_id)}>Let run {held.run_id} through</Button>}
    >
      {error !== null && <ErrorNotice error={error} />}
      {data !== undefined && gates.length === 0 && <p className="soft">No delivery has come to a gate yet.</p>}
      {gates.length > 0 && (
        <Table
          label="Gates"
          columns={gateColumns}
          rows={gates}
          rowKey={({ run_id: runId, source, gate }) => `${runId} ${source} ${gate}`}
        />
      )}
      {overrides.length > 0 && (
        <Table
          label="Let through"
          columns={overrideColumns}
          rows={overrides}
          rowKey={({ run_id: runId, source, gate, at }) => `${runId} ${source} ${gate} ${at}`}
        />
      )}
      {asked !== null && <LetThroughDialog runId={asked} onClose={() => setAsked(null)} />}
    </Fold>
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
  { id: 'at', title: 'Let through', cell: (one) => formatInstant(one.at) },
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
