import type { RowdiffSummary } from '#features/rowdiff'
import { formatCount } from '../../lib/format.ts'
import { Table, type TableColumn } from '../../ui/table.tsx'

interface SumRow {
  readonly runId: number
  readonly rows: number
  readonly added: number | null
  readonly removed: number | null
  readonly changed: number
  readonly unchanged: number
  readonly nullKeys: number
  readonly duplicates: number
}

/** Both sides in classes that add up to all of their rows. */
export function RowdiffSums({ summary }: { readonly summary: RowdiffSummary }) {
  const { before, after, added, removed, changed, unchanged, null_keys: nulls, duplicate_keys: duplicates } = summary
  const rows: readonly SumRow[] = [
    {
      runId: before.run_id,
      rows: before.rows,
      added: null,
      removed,
      changed,
      unchanged,
      nullKeys: nulls.before,
      duplicates: duplicates.before,
    },
    {
      runId: after.run_id,
      rows: after.rows,
      added,
      removed: null,
      changed,
      unchanged,
      nullKeys: nulls.after,
      duplicates: duplicates.after,
    },
  ]
  return (
    <div className="rowdiff-sums">
      <Table isCompact label="Rows by class" columns={columns} rows={rows} rowKey={({ runId }) => runId} />
    </div>
  )
}

const count = (value: number | null) => (value === null ? '' : formatCount(value))

const columns: readonly TableColumn<SumRow>[] = [
  { id: 'run', title: 'Run', cell: ({ runId }) => `Run ${runId}` },
  { id: 'rows', title: 'Rows', isNumber: true, cell: ({ rows }) => <strong>{formatCount(rows)}</strong> },
  { id: 'unchanged', title: '= unchanged', isNumber: true, cell: ({ unchanged }) => count(unchanged) },
  { id: 'changed', title: '+ changed', isNumber: true, cell: ({ changed }) => count(changed) },
  { id: 'removed', title: '+ removed', isNumber: true, cell: ({ removed }) => count(removed) },
  { id: 'added', title: '+ added', isNumber: true, cell: ({ added }) => count(added) },
  { id: 'nulls', title: '+ no key', isNumber: true, cell: ({ nullKeys }) => count(nullKeys) },
  { id: 'duplicates', title: '+ same key again', isNumber: true, cell: ({ duplicates }) => count(duplicates) },
]
