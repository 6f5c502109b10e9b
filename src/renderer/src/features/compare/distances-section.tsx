import type { ColumnDetail } from '#features/compare'
import { formatNumber } from '../../lib/format.ts'
import { Section } from '../../ui/screen.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'

type Distance = ColumnDetail['distances'][number]

/** How far the two distributions lie apart, with the p-value as a note. */
export function DistancesSection({ detail }: { readonly detail: ColumnDetail }) {
  const { distances, p_value: note } = detail
  if (distances.length === 0) return null
  return (
    <Section title="Distance">
      <Table isCompact label="Distances" columns={columns} rows={distances} rowKey={({ name }) => name} />
      {note !== null && (
        <p className="soft compare-note">
          {note.test}: p = {note.value < 0.0001 ? '<0.0001' : formatNumber(note.value)}. With many rows every difference
          is significant, so the verdict does not rest on it.
        </p>
      )}
    </Section>
  )
}

const columns: readonly TableColumn<Distance>[] = [
  { id: 'title', title: 'Measure', cell: ({ title }) => title },
  { id: 'value', title: 'Distance', isNumber: true, cell: ({ value }) => formatNumber(value) },
  { id: 'reading', title: 'Reading', cell: ({ reading }) => reading },
]
