import { formatChange, formatCount, formatShare } from '../../lib/format.ts'
import { Bar } from '../../ui/charts/bar.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'

export interface BeforeAfter {
  readonly name: string
  readonly before: number
  readonly after: number
  /** Its part of the distance between both; null where none is known. */
  readonly contribution: number | null
}

interface BeforeAfterTableProps {
  readonly label: string
  /** What the rows are: companies, values, shapes. */
  readonly title: string
  readonly rows: readonly BeforeAfter[]
  readonly isMono?: boolean
}

/** Counts of both runs as bars of one scale with their numbers beside them: a picture that is its own table. */
export function BeforeAfterTable({ label, title, rows, isMono = false }: BeforeAfterTableProps) {
  const most = Math.max(1, ...rows.flatMap(({ before, after }) => [before, after]))
  return (
    <Table
      label={label}
      columns={columnsFor(
        title,
        most,
        isMono,
        rows.some(({ contribution }) => contribution !== null),
      )}
      rows={rows}
      rowKey={(row) => row.name}
    />
  )
}

function columnsFor(
  title: string,
  most: number,
  isMono: boolean,
  hasContribution: boolean,
): readonly TableColumn<BeforeAfter>[] {
  const counts: readonly TableColumn<BeforeAfter>[] = [
    {
      id: 'name',
      title,
      cell: ({ name }) => (
        <span className={isMono ? 'value-name mono' : 'value-name'} title={name}>
          {name === '' ? '(empty)' : name}
        </span>
      ),
    },
    { id: 'before', title: 'Before', isNumber: true, cell: ({ before }) => formatCount(before) },
    { id: 'after', title: 'After', isNumber: true, cell: ({ after }) => formatCount(after) },
    { id: 'change', title: 'Change', isNumber: true, cell: ({ before, after }) => formatChange(after - before) },
    {
      id: 'bars',
      title: 'Before above, after below',
      isWide: true,
      cell: ({ before, after }) => (
        <span className="bar-pair">
          <Bar share={before / most} look="before" />
          <Bar share={after / most} look="after" />
        </span>
      ),
    },
  ]
  if (!hasContribution) return counts
  return [
    ...counts,
    {
      id: 'contribution',
      title: 'Part of the distance',
      isNumber: true,
      cell: ({ contribution }) => (contribution === null ? '' : formatShare(contribution)),
    },
  ]
}
