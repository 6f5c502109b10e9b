import { History, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { quarantineMethods, type QuarantineOperation } from '#features/quarantine'
import { useEngine } from '../../lib/engine.tsx'
import { formatCount } from '../../lib/format.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { undo } from './operations.ts'

const shownAtFirst = 100
const most = 1000

/** All that people did to rows, newest first; each can be taken back, whatever came after it. */
export function HistoryTab() {
  const engine = useEngine()
  const [limit, setLimit] = useState(shownAtFirst)
  const { data, error } = useQuery(quarantineMethods.operations, { limit }, { keepPrevious: true })
  if (data?.total === 0)
    return (
      <Empty icon={<History />} title="Nothing is done yet">
        <p>Every correction, waiver and discard stands here, with who did it and when, and can be taken back.</p>
      </Empty>
    )
  const columns: readonly TableColumn<QuarantineOperation>[] = [
    ...factColumns,
    {
      id: 'undo',
      title: 'Take back',
      cell: (operation) =>
        operation.undone_by === null && (
          <Button
            icon={<Undo2 aria-hidden="true" />}
            aria-describedby={whatId(operation)}
            onClick={() => void undo(engine, operation.operation_id)}
          >
            Undo
          </Button>
        ),
    },
  ]
  return (
    <div className="tab-page">
      {error !== null && <ErrorNotice error={error} />}
      {data === undefined && error === null && <Skeleton />}
      {data !== undefined && (
        <Table
          label="Operations"
          columns={columns}
          rows={data.operations}
          rowKey={(operation) => operation.operation_id}
        />
      )}
      {data !== undefined && data.total > limit && limit < most && (
        <Button look="quiet" onClick={() => setLimit(Math.min(most, limit + shownAtFirst))}>
          {formatCount(data.total - limit)} more
        </Button>
      )}
    </div>
  )
}

const factColumns: readonly TableColumn<QuarantineOperation>[] = [
  { id: 'at', title: 'When', cell: (operation) => <Instant at={operation.at} /> },
  { id: 'who', title: 'Who', cell: (operation) => operation.who },
  {
    id: 'what',
    title: 'What',
    isWide: true,
    cell: (operation) => (
      <>
        <span id={whatId(operation)}>{operation.what}</span>
        {operation.reason !== '' && <span className="soft"> {operation.reason}</span>}
      </>
    ),
  },
  { id: 'rows', title: 'Rows', isNumber: true, cell: (operation) => formatCount(operation.rows) },
  { id: 'state', title: 'State', cell: (operation) => <State operation={operation} /> },
]

function State({ operation }: { readonly operation: QuarantineOperation }) {
  if (operation.undone_by !== null) return <StatusBadge status="undone" />
  return operation.is_waiting ? <StatusBadge status="waiting" /> : <StatusBadge status="done" word="In force" />
}

function whatId({ operation_id: id }: QuarantineOperation): string {
  return `operation-${id}`
}
