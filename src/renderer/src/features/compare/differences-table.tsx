import type { Difference } from '#features/compare'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { keyOf } from './differences-columns.tsx'
import { changeText, expectedText, metricName, metricText, scopeName } from './metric-words.ts'
import { metricHref, type Pair } from './pair-in-address.ts'
import { UnusualCell } from './unusual-cell.tsx'

interface DifferencesTableProps {
  readonly label: string
  readonly differences: readonly Difference[]
  readonly pair: Pair
}

/** The few differences of one relation or column; each leads to its metric. */
export function DifferencesTable({ label, differences, pair }: DifferencesTableProps) {
  if (differences.length === 0) return <p className="soft">No metric of it differs.</p>
  return (
    <Table label={label} columns={columnsFor(pair)} rows={differences} rowKey={(row) => JSON.stringify(keyOf(row))} />
  )
}

function columnsFor(pair: Pair): readonly TableColumn<Difference>[] {
  return [
    { id: 'unusual', title: 'How unusual', cell: (row) => <UnusualCell level={row.level} unusual={row.unusual} /> },
    {
      id: 'metric',
      title: 'Metric',
      cell: (row) => (
        <a href={metricHref(pair, keyOf(row))}>
          {[row.column, row.company, metricName(row.metric, row.unit)].filter((part) => part !== null).join(' · ')}
        </a>
      ),
    },
    { id: 'scope', title: 'Of', cell: ({ scope }) => scopeName(scope) },
    { id: 'before', title: 'Before', isNumber: true, cell: ({ unit, before }) => metricText(unit, before) },
    { id: 'after', title: 'After', isNumber: true, cell: ({ unit, after }) => metricText(unit, after) },
    {
      id: 'change',
      title: 'Change',
      isNumber: true,
      cell: ({ unit, before, after }) => changeText(unit, before, after),
    },
    { id: 'expected', title: 'Expected', isWide: true, cell: ({ unit, band }) => expectedText(unit, band) },
  ]
}
