import { Columns3 } from 'lucide-react'
import type { SchemaChange } from '#features/compare'
import { navigate } from '../../lib/route.ts'
import { Empty } from '../../ui/empty.tsx'
import type { DataColumn } from '../../ui/grid/data-column.ts'
import { LocalGrid } from '../../ui/grid/local-grid.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { relationHref, type Pair } from './pair-in-address.ts'

/** Columns that came, went, or changed their type. */
export function SchemaTab({ changes, pair }: { readonly changes: readonly SchemaChange[]; readonly pair: Pair }) {
  if (changes.length === 0) {
    return (
      <Empty icon={<Columns3 />} title="The columns are the same">
        <p>No source and no model has a column more or less, or one of another type.</p>
      </Empty>
    )
  }
  return (
    <LocalGrid
      label="Schema"
      columns={columns}
      rows={changes}
      rowId={({ relation, column, change }) => `${relation}.${column} ${change}`}
      onOpen={({ relation }) => navigate(relationHref(pair, relation))}
    />
  )
}

const words = { added: 'Added', removed: 'Removed', type: 'Another type' } as const

const columns: readonly DataColumn<SchemaChange>[] = [
  {
    id: 'change',
    title: 'Change',
    width: 140,
    text: ({ change }) => words[change],
    draw: ({ change }) => <StatusBadge status={change === 'type' ? 'changed' : change} word={words[change]} />,
  },
  { id: 'relation', title: 'Source or model', width: 240, text: ({ relation }) => relation },
  { id: 'column', title: 'Column', width: 200, text: ({ column }) => column },
  { id: 'before', title: 'Type before', width: 140, text: ({ before }) => before ?? '' },
  { id: 'after', title: 'Type after', width: 140, text: ({ after }) => after ?? '' },
]
