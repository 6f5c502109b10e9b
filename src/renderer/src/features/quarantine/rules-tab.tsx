import { ScrollText } from 'lucide-react'
import { useState } from 'react'
import type { OutputOf } from '#protocol/method'
import { quarantineMethods } from '#features/quarantine'
import { formatCount } from '../../lib/format.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { RuleDialog } from './rule-dialog.tsx'

type Offer = OutputOf<typeof quarantineMethods.rules>['offers'][number]

/** Repair rules that the corrections so far suggest. */
export function RulesTab() {
  const { data, error } = useQuery(quarantineMethods.rules, {}, { keepPrevious: true })
  const [looking, setLooking] = useState<Offer | null>(null)
  const columns: readonly TableColumn<Offer>[] = [
    { id: 'field', title: 'Field', cell: (offer) => `${offer.source}.${offer.field}` },
    { id: 'from', title: 'Delivered', cell: (offer) => <span className="mono">{offer.from}</span> },
    { id: 'to', title: 'Becomes', cell: (offer) => <span className="mono">{offer.to}</span> },
    { id: 'times', title: 'Corrected', isNumber: true, cell: (offer) => `${formatCount(offer.times)} times` },
    {
      id: 'look',
      title: 'Adopt',
      isWide: true,
      cell: (offer) => <Button onClick={() => setLooking(offer)}>Look at it</Button>,
    },
  ]
  return (
    <>
      {data?.offers.length === 0 && (
        <Empty icon={<ScrollText />} title="No rule is on offer">
          <p>
            Once the same value of a field has been corrected alike three times, a rule is offered here that would mend
            it by itself. You see every row that it would touch before you adopt it into the contract.
          </p>
        </Empty>
      )}
      {(data === undefined || data.offers.length > 0) && (
        <div className="tab-page">
          {error !== null && <ErrorNotice error={error} />}
          {data === undefined && error === null && <Skeleton />}
          {data !== undefined && (
            <Table
              label="Rules on offer"
              columns={columns}
              rows={data.offers}
              rowKey={(offer) => JSON.stringify([offer.source, offer.field, offer.from, offer.to])}
            />
          )}
        </div>
      )}
      {looking !== null && <RuleDialog offer={looking} onClose={() => setLooking(null)} />}
    </>
  )
}
