import { useEffect, useMemo, useRef } from 'react'
import {
  quarantineMethods,
  type QuarantineFilter,
  type QuarantineReason,
  type QuarantineRow,
} from '#features/quarantine'
import { useEngine } from '../../lib/engine.tsx'
import { reportOf, type ErrorReport } from '../../lib/error-report.ts'
import { hrefWith, navigate, type Route } from '../../lib/route.ts'
import { useWorkspaceVersion } from '../../lib/workspace-version.ts'
import { Chip } from '../../ui/chip.tsx'
import type { DataColumn, GridPage, GridSort } from '../../ui/grid/data-column.ts'
import { DataGrid } from '../../ui/grid/data-grid.tsx'
import { reasonName } from './reasons.ts'
import './quarantine-grid.css'

interface QuarantineGridProps {
  readonly route: Route
  readonly filter: QuarantineFilter
  /** The delivered columns of the sources in view. */
  readonly columns: readonly string[]
  onError(error: ErrorReport | null): void
}

/** How long the focus must rest on a row before the open pane follows it there. */
const followMilliseconds = 80

/** The held-back rows that match, as delivered, with the bad cells marked. */
export function QuarantineGrid({ route, filter, columns, onError }: QuarantineGridProps) {
  const engine = useEngine()
  const version = useWorkspaceVersion((state) => state.version)
  // By their names, so that an equal list does not define the grid's columns anew.
  const names = JSON.stringify(columns)
  const gridColumns = useMemo(() => {
    const delivered = JSON.parse(names) as readonly string[]
    return [...fixedColumns, ...delivered.map(deliveredColumn)]
  }, [names])
  const follow = useRef<number | undefined>(undefined)
  useEffect(() => () => window.clearTimeout(follow.current), [])

  const isOpen = route.query.has('row')
  const open = (row: QuarantineRow) => navigate(hrefWith(route, { row: String(row.id) }), isOpen ? 'replace' : 'push')
  const read = async ({ offset, limit, sort }: GridPage) => {
    const page = await engine.call(quarantineMethods.list, {
      filter,
      offset,
      limit,
      ...(sort === null ? {} : { sort: { column: sortColumn(sort), direction: sort.direction } }),
    })
    onError(null)
    return page
  }
  return (
    <DataGrid<QuarantineRow>
      label="Quarantined rows"
      columns={gridColumns}
      listed={JSON.stringify(filter)}
      version={version}
      rowId={(row) => String(row.id)}
      read={read}
      onOpen={open}
      onFocus={(row) => {
        window.clearTimeout(follow.current)
        if (isOpen) follow.current = window.setTimeout(() => open(row), followMilliseconds)
      }}
      onError={(error) => onError(reportOf(error))}
    />
  )
}

function sortColumn({ column }: GridSort) {
  return column === 'source' || column === 'row_id' || column === 'first_run' ? column : 'id'
}

const fixedColumns: readonly DataColumn<QuarantineRow>[] = [
  { id: 'source', title: 'Source', width: 84, isSortable: true, isPinned: true, text: (row) => row.source },
  {
    id: 'row_id',
    title: 'Row',
    description: 'File and line',
    width: 204,
    isSortable: true,
    isPinned: true,
    isMono: true,
    text: (row) => row.row_id,
  },
  {
    id: 'reasons',
    title: 'Reasons',
    width: 250,
    text: (row) => row.reasons.map(reasonName).join('; '),
    draw: (row) => <Reasons reasons={row.reasons} />,
  },
]

function Reasons({ reasons }: { readonly reasons: readonly QuarantineReason[] }) {
  return (
    <span className="reason-chips">
      {reasons.map((reason) => (
        <Chip key={reasonName(reason)} tone={reason.severity === 'error' ? 'bad' : 'attention'} title={reason.message}>
          {reasonName(reason)}
        </Chip>
      ))}
    </span>
  )
}

function deliveredColumn(name: string): DataColumn<QuarantineRow> {
  return {
    id: `cell.${name}`,
    title: name,
    width: 130,
    text: (row) => row.cells[name] ?? '',
    badBecause: (row) => {
      const messages = row.reasons.filter((reason) => reason.field === name && reason.severity === 'error')
      return messages.length === 0 ? null : messages.map((reason) => reason.message).join(' ')
    },
  }
}
