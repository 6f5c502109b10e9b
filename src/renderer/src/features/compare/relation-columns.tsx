import { useMemo } from 'react'
import type { ColumnSummary, RelationDetail } from '#features/compare'
import { formatCount, formatShare } from '../../lib/format.ts'
import { navigate } from '../../lib/route.ts'
import type { DataColumn } from '../../ui/grid/data-column.ts'
import { LocalGrid } from '../../ui/grid/local-grid.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { columnHref, type Pair } from './pair-in-address.ts'

type RelationColumn = RelationDetail['columns'][number]

/** The columns of a relation, each with both runs' numbers and how far its values moved; a row opens its pictures. */
export function RelationColumns({ detail, pair }: { readonly detail: RelationDetail; readonly pair: Pair }) {
  const { relation, layer } = detail
  const rows = useMemo(
    () => detail.columns.toSorted((one, other) => order[one.level] - order[other.level] || far(other) - far(one)),
    [detail.columns],
  )
  return (
    <LocalGrid
      label={`Columns of ${relation}`}
      columns={columns}
      rows={rows}
      rowId={({ column }) => column}
      onOpen={({ column }) => navigate(columnHref(pair, relation, column, layer === 'source' ? 'delivered' : 'state'))}
    />
  )
}

const order = { alarm: 0, notable: 1, usual: 2 } as const

function far({ distance }: RelationColumn): number {
  return distance ?? -1
}

const columns: readonly DataColumn<RelationColumn>[] = [
  {
    id: 'level',
    title: 'Verdict',
    width: 110,
    text: ({ level }) => level,
    draw: ({ level }) => <StatusBadge status={level} />,
  },
  { id: 'column', title: 'Column', width: 190, text: ({ column }) => column },
  { id: 'type', title: 'Type', width: 90, text: ({ type }) => type },
  {
    id: 'distance',
    title: 'Distance, PSI',
    width: 110,
    description: 'Population stability index: below 0.1 hardly any, from 0.25 large',
    isNumber: true,
    text: ({ distance }) => (distance === null ? '' : distance.toFixed(3)),
  },
  ...pairOf('nulls', 'Nulls', 112, ({ nulls, rows }) => (rows === 0 ? '' : formatShare(nulls / rows))),
  ...pairOf('distinct', 'Different', 112, ({ distinct, is_distinct_exact: isExact }) =>
    isExact ? formatCount(distinct) : `≈${formatCount(Math.round(distinct))}`,
  ),
  ...pairOf('mean', 'Mean', 156, ({ mean }) => mean ?? ''),
]

function pairOf(
  id: string,
  title: string,
  width: number,
  text: (summary: ColumnSummary) => string,
): DataColumn<RelationColumn>[] {
  const of = (summary: ColumnSummary | null) => (summary === null ? '' : text(summary))
  return [
    { id: `${id}_before`, title: `${title}, before`, width, isNumber: true, text: ({ before }) => of(before) },
    { id: `${id}_after`, title: `${title}, after`, width, isNumber: true, text: ({ after }) => of(after) },
  ]
}
