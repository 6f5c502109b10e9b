import { PencilLine } from 'lucide-react'
import { useState } from 'react'
import type { InputOf } from '#protocol/method'
import { quarantineMethods, type Correction } from '#features/quarantine'
import { useEngine } from '../../lib/engine.tsx'
import { reportOf, type ErrorReport } from '../../lib/error-report.ts'
import { formatInstant, formatRelative } from '../../lib/format.ts'
import { hrefWith, navigate, type Route } from '../../lib/route.ts'
import { useQuery } from '../../lib/use-query.ts'
import { useWorkspaceVersion } from '../../lib/workspace-version.ts'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import type { DataColumn, GridPage } from '../../ui/grid/data-column.ts'
import { DataGrid } from '../../ui/grid/data-grid.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Conflicts } from './conflicts.tsx'
import './corrections-tab.css'

type Status = NonNullable<InputOf<typeof quarantineMethods.corrections>['status']>[number]

const statuses = [
  { value: 'conflict', text: 'Conflict' },
  { value: 'waiting', text: 'Waiting' },
  { value: 'applied', text: 'Applied' },
  { value: 'retired', text: 'Retired' },
  { value: 'undone', text: 'Undone' },
] as const satisfies readonly { value: Status; text: string }[]

/** Every correction and how it stands against what the source delivers now; conflicts first. */
export function CorrectionsTab({ route }: { readonly route: Route }) {
  const engine = useEngine()
  const version = useWorkspaceVersion((state) => state.version)
  const [error, setError] = useState<ErrorReport | null>(null)
  const chosen = statuses.filter(({ value }) => route.query.getAll('status').includes(value)).map(({ value }) => value)
  const input = chosen.length === 0 ? {} : { status: chosen }
  const all = useQuery(quarantineMethods.corrections, { limit: 1 }, { keepPrevious: true })
  const read = async ({ offset, limit }: GridPage) => {
    const page = await engine.call(quarantineMethods.corrections, { ...input, offset, limit })
    setError(null)
    return { rows: page.corrections, total: page.total }
  }
  if (all.data?.total === 0) return <NoCorrections />
  return (
    <div className="corrections">
      {all.error !== null && <ErrorNotice error={all.error} />}
      {all.data !== undefined && all.data.conflicts > 0 && <Conflicts count={all.data.conflicts} />}
      <fieldset className="corrections-filter">
        <legend className="visually-hidden">Status</legend>
        {statuses.map(({ value, text }) => (
          <label key={value} className="choice">
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={({ target }) =>
                navigate(
                  hrefWith(route, {
                    status: target.checked ? [...chosen, value] : chosen.filter((one) => one !== value),
                  }),
                )
              }
            />
            {text}
          </label>
        ))}
      </fieldset>
      {error !== null && <ErrorNotice error={error} />}
      <DataGrid<Correction>
        label="Corrections"
        columns={gridColumns}
        listed={JSON.stringify(input)}
        version={version}
        rowId={(correction) => String(correction.id)}
        read={read}
        onError={(cause) => setError(reportOf(cause))}
      />
    </div>
  )
}

function NoCorrections() {
  return (
    <Empty icon={<PencilLine />} title="Nothing is corrected yet">
      <p>
        A correction is kept with the record it was made for: it is applied again when the same value is delivered
        again, retires when the source sends a good one, and asks you when it sends a third.
      </p>
      <p>Edit a bad cell on the Rows tab: press e there.</p>
    </Empty>
  )
}

const statusWords = new Map<string, string>(statuses.map(({ value, text }) => [value, text]))

const gridColumns: readonly DataColumn<Correction>[] = [
  {
    id: 'status',
    title: 'Status',
    width: 104,
    text: (one) => statusWords.get(one.status) ?? one.status,
    draw: (one) => <StatusBadge status={one.status} />,
  },
  { id: 'source', title: 'Source', width: 90, text: (one) => one.source },
  { id: 'record', title: 'Record', width: 160, isMono: true, text: (one) => one.identity },
  { id: 'field', title: 'Field', width: 120, text: (one) => one.field },
  { id: 'raw', title: 'Made for', width: 140, isMono: true, text: (one) => one.raw_value ?? '' },
  { id: 'new', title: 'Correction', width: 140, isMono: true, text: (one) => one.new_value },
  { id: 'delivered', title: 'Delivered instead', width: 140, isMono: true, text: (one) => one.delivered_value ?? '' },
  { id: 'who', title: 'By', width: 90, text: (one) => one.who },
  {
    id: 'at',
    title: 'When',
    width: 150,
    text: (one) => formatInstant(one.at),
    draw: (one) => <span title={formatInstant(one.at)}>{formatRelative(one.at, new Date())}</span>,
  },
  { id: 'reason', title: 'Reason', width: 200, text: (one) => one.reason },
]
