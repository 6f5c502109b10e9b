import { FilterX, Table2 } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { modelsMethods, type ModelCell, type ModelColumn, type RowKey } from '#features/models'
import { useEngine } from '../../lib/engine.tsx'
import { reportOf, type ErrorReport } from '../../lib/error-report.ts'
import { formatCount, plural } from '../../lib/format.ts'
import { hrefTo, hrefWith, navigate, type Route } from '../../lib/route.ts'
import { useWorkspaceVersion } from '../../lib/workspace-version.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import type { DataColumn, DataGridHandle, GridPage, GridSort } from '../../ui/grid/data-column.ts'
import { DataGrid } from '../../ui/grid/data-grid.tsx'
import { cellText, isNumeric } from '../../lib/cell-text.ts'
import type { ModelDetail } from './model-detail.ts'
import { closeOrigin, OriginPane } from './origin-pane.tsx'
import { RowFilterBar } from './row-filter-bar.tsx'
import { filtersFromAddress, filtersToAddress, type RowFilter } from './row-filters.ts'
import { rowFromAddress, rowToAddress } from './row-in-address.ts'
import { chosenState, StateSwitch } from './state-switch.tsx'

/** A row with its place in the list, which is all that names it in the grid. */
interface PlacedRow {
  readonly at: number
  readonly cells: readonly ModelCell[]
  readonly key: RowKey
}

/** The rows of a model, published or of a run that lies aside, sorted and filtered in SQL. */
export function RowsTab({ model, route }: { readonly model: ModelDetail; readonly route: Route }) {
  const engine = useEngine()
  const version = useWorkspaceVersion((state) => state.version)
  const [error, setError] = useState<ErrorReport | null>(null)
  const [total, setTotal] = useState<number | null>(null)
  const shape = JSON.stringify(model.columns)
  const columns = useMemo(() => (JSON.parse(shape) as readonly ModelColumn[]).map(gridColumn), [shape])
  const filters = filtersFromAddress(route.query)
  const state = chosenState(model.candidate_run, route)
  const isCandidate = state === 'candidate'
  const listed = JSON.stringify([filters, state])
  // Where rows of a candidate came from is not followed.
  const openRow = isCandidate ? null : rowFromAddress(route.query)
  const grid = useRef<DataGridHandle>(null)
  const close = useCallback(() => {
    closeOrigin(route)
    grid.current?.focus()
  }, [route])

  if (model.rows === null && model.candidate_run === null) return <NotBuilt />
  const filter = (next: readonly RowFilter[]) => {
    setTotal(null)
    navigate(hrefWith(route, { where: filtersToAddress(next) }))
  }
  const read = async ({ offset, limit, sort }: GridPage) => {
    const page = await engine.call(modelsMethods.rows, {
      name: model.name,
      state,
      offset,
      limit,
      filters,
      sort: sort === null ? [] : [sort],
    })
    setError(null)
    setTotal(page.total)
    return {
      total: page.total,
      rows: page.rows.map((cells, index): PlacedRow => ({ at: offset + index, cells, key: page.keys[index] ?? {} })),
    }
  }
  return (
    <div className="rows-body">
      <div className="rows-list" data-pane="" tabIndex={-1}>
        {model.candidate_run !== null && <StateSwitch candidate={model.candidate_run} state={state} route={route} />}
        <RowFilterBar columns={model.columns} filters={filters} onChange={filter} />
        {error !== null && <ErrorNotice error={error} />}
        {filters.length > 0 && total !== null && (
          <p className="rows-found" role="status">
            {foundWords(total, isCandidate ? null : model.rows)}{' '}
            <Button look="quiet" icon={<FilterX aria-hidden="true" />} onClick={() => filter([])}>
              Clear filters
            </Button>
          </p>
        )}
        <DataGrid<PlacedRow>
          label={`Rows of ${model.name}`}
          columns={columns}
          listed={listed}
          version={version}
          sort={sortFromAddress(route.query)}
          rowId={(row) => String(row.at)}
          handle={grid}
          {...(isCandidate ? {} : { onOpen: ({ key }: PlacedRow) => navigate(hrefWith(route, rowToAddress(key))) })}
          read={read}
          onSort={(sort) =>
            navigate(hrefWith(route, { sort: sort === null ? null : `${sort.column}:${sort.direction}` }), 'replace')
          }
          onError={(cause) => setError(reportOf(cause))}
        />
      </div>
      {openRow !== null && <OriginPane model={model.name} row={openRow} route={route} onClose={close} />}
    </div>
  )
}

function foundWords(total: number, of: number | null): string {
  if (total === 0) return 'No row matches.'
  return of === null
    ? `${plural(total, 'row matches', 'rows match')}.`
    : `${formatCount(total)} of ${plural(of, 'row')} match.`
}

function NotBuilt() {
  return (
    <Empty icon={<Table2 />} title="Not built yet">
      <p>
        The rows are here once a run has been published. Run the pipeline on <a href={hrefTo('runs')}>Runs</a> first.
      </p>
    </Empty>
  )
}

function sortFromAddress(query: URLSearchParams): GridSort | null {
  const [column = '', direction] = (query.get('sort') ?? '').split(':')
  return direction === 'asc' || direction === 'desc' ? { column, direction } : null
}

function gridColumn(column: ModelColumn, index: number): DataColumn<PlacedRow> {
  return {
    id: column.name,
    title: column.name,
    width: widths[column.type],
    isNumber: isNumeric(column.type),
    isSortable: true,
    text: (row) => cellText(column.type, row.cells[index] ?? null),
    ...(column.description === '' ? {} : { description: column.description }),
  }
}

const widths = {
  text: 160,
  integer: 110,
  boolean: 100,
  date: 110,
  timestamp: 160,
  money: 120,
  percent: 110,
} as const satisfies Record<ModelColumn['type'], number>
