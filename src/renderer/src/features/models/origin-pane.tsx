import { X } from 'lucide-react'
import { useMemo } from 'react'
import { modelsMethods, type RowKey } from '#features/models'
import { useCommands, type Command } from '../../lib/commands.ts'
import { hrefWith, navigate, type Route } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { IconButton } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { SidePane } from '../../ui/side-pane.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { LineageSteps } from './lineage-steps.tsx'
import { RecordView } from './record-view.tsx'
import { noRow, recordFromAddress } from './row-in-address.ts'
import './origin-pane.css'

interface OriginPaneProps {
  readonly model: string
  readonly row: RowKey
  readonly route: Route
  onClose(): void
}

/** Where a row came from: the rows that it was made of, step by step, down to the records as they were delivered. */
export function OriginPane({ model, row, route, onClose }: OriginPaneProps) {
  const state = route.query.get('state') === 'latest' ? 'latest' : 'published'
  const { data, error } = useQuery(modelsMethods.lineage, { name: model, key: row, state })
  const record = recordFromAddress(route.query)
  const chain = hrefWith(route, { record: null })
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'close-origin',
        title: record === null ? 'Close where the row came from' : 'Back to where the row came from',
        section: 'View',
        keys: 'Escape',
        isInPalette: true,
        run: () => (record === null ? onClose() : navigate(chain)),
      },
    ],
    [record, chain, onClose],
  )
  useCommands(commands)
  return (
    <SidePane id="models.origin" label="Where from" side="right" width={520}>
      <header className="origin-header">
        <h2>Where from</h2>
        <IconButton label="Close" icon={<X aria-hidden="true" />} onClick={onClose} />
      </header>
      {error !== null && <ErrorNotice error={error} />}
      {data === undefined && error === null && <Skeleton />}
      {data !== undefined && record !== null && <RecordView staged={record} back={chain} state={state} />}
      {data !== undefined && record === null && data.row.staged !== null && (
        <RecordView staged={{ source: model, key: row }} back={null} state={state} />
      )}
      {data !== undefined && record === null && data.row.staged === null && (
        <LineageSteps lineage={data} route={route} />
      )}
    </SidePane>
  )
}

/** Closes the pane in the address. */
export function closeOrigin(route: Route): void {
  navigate(hrefWith(route, noRow))
}
