import { useEffect, useMemo, useRef, type RefObject } from 'react'
import { quarantineMethods, type QuarantineFilter, type QuarantineRow } from '#features/quarantine'
import { useEngine } from '../../lib/engine.tsx'
import { reportOf, type ErrorReport } from '../../lib/error-report.ts'
import { hrefWith, navigate, type Route } from '../../lib/route.ts'
import { tellError } from '../../lib/toasts.ts'
import { useWorkspaceVersion } from '../../lib/workspace-version.ts'
import type { CellSave, DataGridHandle, GridPage, GridSort } from '../../ui/grid/data-column.ts'
import { DataGrid } from '../../ui/grid/data-grid.tsx'
import { deliveredColumn, deliveredName, fixedColumns } from './grid-columns.tsx'
import { correct } from './operations.ts'
import { focusForm, selectRows } from './quarantine-store.ts'
import { listOf, useSelection } from './use-target.ts'

interface QuarantineGridProps {
  readonly route: Route
  readonly filter: QuarantineFilter
  /** The delivered columns of the sources in view. */
  readonly columns: readonly string[]
  readonly handle: RefObject<DataGridHandle | null>
  onError(error: ErrorReport | null): void
}

/** How long the focus must rest on a row before the open pane follows it there. */
const followMilliseconds = 80

/** The rows that match, as delivered and as corrected, with the bad cells marked; cells can be edited in place. */
export function QuarantineGrid({ route, filter, columns, handle, onError }: QuarantineGridProps) {
  const engine = useEngine()
  const version = useWorkspaceVersion((state) => state.version)
  const selection = useSelection(route)
  // By their names, so that an equal list does not define the grid's columns anew.
  const names = JSON.stringify(columns)
  const gridColumns = useMemo(() => {
    const delivered = JSON.parse(names) as readonly string[]
    return [...fixedColumns, ...delivered.map(deliveredColumn)]
  }, [names])
  const follow = useRef<number | undefined>(undefined)
  useEffect(() => () => window.clearTimeout(follow.current), [])

  const openId = route.query.get('row')
  const show = (row: QuarantineRow) =>
    navigate(hrefWith(route, { row: String(row.id) }), openId === null ? 'push' : 'replace')
  const open = (row: QuarantineRow, isByKey: boolean) => {
    // Enter on the row that is open already leads on into its form.
    if (isByKey && openId === String(row.id)) focusForm(row.id)
    show(row)
  }
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
  const edit = (row: QuarantineRow, columnId: string, text: string): CellSave<QuarantineRow> => {
    const field = deliveredName(columnId)
    const saved = correct(engine, { target: { ids: [row.id] }, edit: { kind: 'cells', cells: { [field]: text } } })
    saved.catch(tellError)
    return { shown: withCorrection(row, field, text), saved }
  }
  return (
    <DataGrid<QuarantineRow>
      label="Quarantined rows"
      columns={gridColumns}
      listed={JSON.stringify(filter)}
      version={version}
      rowId={(row) => String(row.id)}
      read={read}
      selection={selection.kind}
      handle={handle}
      onSelect={(ids) => {
        const some = { kind: 'some', ids: ids.map(Number) } as const
        selectRows(ids.length === 0 ? { kind: 'none' } : some, listOf(route))
      }}
      onOpen={open}
      onEdit={edit}
      onFocus={(row) => {
        window.clearTimeout(follow.current)
        if (openId !== null) follow.current = window.setTimeout(() => show(row), followMilliseconds)
      }}
      onError={(error) => onError(reportOf(error))}
    />
  )
}

/** The row as it will be once the engine has kept the correction. */
function withCorrection(row: QuarantineRow, field: string, text: string): QuarantineRow {
  const kept = row.corrections.filter((one) => one.field !== field)
  const raw = row.cells[field] ?? null
  const added = { field, raw_value: raw, new_value: text, operation_id: 0 }
  return { ...row, is_waiting: true, corrections: text === (raw ?? '') ? kept : [...kept, added] }
}

const sortable = ['source', 'row_id', 'first_run', 'company', 'state'] as const

function sortColumn({ column }: GridSort) {
  return sortable.find((one) => one === column) ?? 'id'
}
