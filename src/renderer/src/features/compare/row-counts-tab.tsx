import { useMemo } from 'react'
import type { RowCount } from '#features/compare'
import { formatChange, formatCount, formatShare } from '../../lib/format.ts'
import { navigate } from '../../lib/route.ts'
import type { DataColumn } from '../../ui/grid/data-column.ts'
import { LocalGrid } from '../../ui/grid/local-grid.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Causes, causesText } from './causes.tsx'
import { relationHref, type Pair } from './pair-in-address.ts'

/** The rows of all sources and models in both runs, and what changed them. */
export function RowCountsTab({ rows, pair }: { readonly rows: readonly RowCount[]; readonly pair: Pair }) {
  const sorted = useMemo(
    () => rows.toSorted((one, other) => layers.indexOf(one.layer) - layers.indexOf(other.layer)),
    [rows],
  )
  return (
    <LocalGrid
      label="Row counts"
      columns={columns}
      rows={sorted}
      rowId={(row) => row.relation}
      onOpen={(row) => navigate(relationHref(pair, row.relation))}
    />
  )
}

/** In the order in which rows flow. */
const layers: readonly RowCount['layer'][] = ['source', 'staging', 'intermediate', 'fact', 'mart', 'export']

const counted = (value: number | null) => (value === null ? '' : formatCount(value))

const columns: readonly DataColumn<RowCount>[] = [
  { id: 'relation', title: 'Source or model', width: 190, text: ({ relation }) => relation },
  { id: 'layer', title: 'Layer', width: 104, text: ({ layer }) => layer },
  {
    id: 'level',
    title: 'Verdict',
    width: 104,
    text: ({ level }) => level,
    draw: ({ level }) => <StatusBadge status={level} />,
  },
  { id: 'before', title: 'Before', width: 86, isNumber: true, text: ({ before }) => counted(before) },
  { id: 'after', title: 'After', width: 86, isNumber: true, text: ({ after }) => counted(after) },
  {
    id: 'delta',
    title: 'Change',
    width: 80,
    isNumber: true,
    text: ({ delta }) => (delta === null ? '' : formatChange(delta)),
  },
  { id: 'share', title: 'Change, %', width: 90, isNumber: true, text: shareText },
  {
    id: 'causes',
    title: 'Why',
    width: 350,
    text: ({ causes }) => causesText(causes),
    draw: ({ causes }) => <Causes causes={causes} />,
  },
]

/** How a count changed against what it was. */
function shareText({ delta_share: share }: RowCount): string {
  if (share === null) return ''
  return share > 0 ? `+${formatShare(share)}` : formatShare(share)
}
