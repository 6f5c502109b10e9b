import { ScrollText } from 'lucide-react'
import type { OutputOf } from '#protocol/method'
import { quarantineMethods } from '#features/quarantine'
import { useEngine } from '../../lib/engine.tsx'
import { formatCount, plural } from '../../lib/format.ts'
import { tell } from '../../lib/toasts.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { reasonName } from './reasons.ts'
import { useAction } from '../../lib/use-action.ts'
import './edit-dialog.css'

type Offer = OutputOf<typeof quarantineMethods.rules>['offers'][number]
type TouchedRow = OutputOf<typeof quarantineMethods.previewRule>['rows'][number]

const shownRows = 200

/** What a rule would write into the contract, and every row ever held back that it would touch. */
export function RuleDialog({ offer, onClose }: { readonly offer: Offer; onClose(): void }) {
  const engine = useEngine()
  const { times: _times, ...rule } = offer
  const { data, error } = useQuery(quarantineMethods.previewRule, { ...rule, limit: shownRows })
  const action = useAction(onClose)
  const adopt = async () => {
    const { path, line } = await engine.call(quarantineMethods.adoptRule, rule)
    tell(`The rule stands in ${path}, line ${line}.`, { details: ['The next replay applies it.'] })
  }
  return (
    <Dialog
      title={`${offer.from} becomes ${offer.to}`}
      description={`In ${offer.source}.${offer.field}, corrected so ${formatCount(offer.times)} times.`}
      width="widest"
      onClose={onClose}
    >
      {error !== null && <ErrorNotice error={error} />}
      {data === undefined && error === null && <Skeleton lines={6} />}
      {data !== undefined && (
        <>
          <div>
            <p>
              The contract gets these lines, in <code>{data.path}</code>:
            </p>
            <pre className="rule-text">{data.text}</pre>
          </div>
          <p role="status">
            {plural(data.total, 'row')} touched, {formatCount(data.become_valid)} become valid
          </p>
          {data.rows.length > 0 && (
            <div className="edit-preview-table" tabIndex={0} role="group" aria-label="Rows that it touches">
              <Table label="Rows that it touches" columns={columns} rows={data.rows} rowKey={(row) => row.id} />
            </div>
          )}
          {data.total > data.rows.length && <p className="soft">The first {formatCount(data.rows.length)}.</p>}
        </>
      )}
      {action.error !== null && <ErrorNotice error={action.error} />}
      <div className="dialog-actions">
        <Button onClick={onClose}>Not now</Button>
        <Button
          look="primary"
          icon={<ScrollText aria-hidden="true" />}
          disabled={data === undefined || action.isBusy}
          onClick={() => action.start(adopt)}
        >
          Adopt
        </Button>
      </div>
    </Dialog>
  )
}

const columns: readonly TableColumn<TouchedRow>[] = [
  { id: 'row', title: 'Row', cell: (row) => <span className="mono">{row.row_id}</span> },
  { id: 'state', title: 'State now', cell: (row) => <StatusBadge status={row.state} /> },
  {
    id: 'then',
    title: 'Then',
    cell: (row) =>
      row.becomes_valid ? <StatusBadge status="done" word="Valid" /> : <StatusBadge status="warn" word="Still wrong" />,
  },
  { id: 'reasons', title: 'What stays wrong', isWide: true, cell: (row) => row.reasons.map(reasonName).join(', ') },
]
