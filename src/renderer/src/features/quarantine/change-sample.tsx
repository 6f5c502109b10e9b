import type { OutputOf } from '#protocol/method'
import type { quarantineMethods } from '#features/quarantine'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import './edit-dialog.css'

type Sample = OutputOf<typeof quarantineMethods.preview>['sample'][number]

/** The first changes of many, before and after. */
export function ChangeSample({ sample }: { readonly sample: readonly Sample[] }) {
  return (
    <div className="edit-preview-table" tabIndex={0} role="group" aria-label="First changes">
      <Table
        label="First changes"
        columns={columns}
        rows={sample}
        rowKey={(change) => JSON.stringify([change.id, change.field])}
      />
    </div>
  )
}

const columns: readonly TableColumn<Sample>[] = [
  { id: 'row', title: 'Row', cell: (change) => <span className="mono">{change.row_id}</span> },
  { id: 'field', title: 'Field', cell: (change) => change.field },
  {
    id: 'before',
    title: 'Before',
    cell: ({ before }) =>
      before === null || before === '' ? <span className="soft">empty</span> : <del className="mono">{before}</del>,
  },
  {
    id: 'after',
    title: 'After',
    cell: ({ after }) => (after === '' ? <span className="soft">empty</span> : <span className="mono">{after}</span>),
  },
  {
    id: 'valid',
    title: 'Then',
    isWide: true,
    cell: (change) =>
      change.is_valid ? <StatusBadge status="done" word="Valid" /> : <StatusBadge status="warn" word="Still wrong" />,
  },
]
