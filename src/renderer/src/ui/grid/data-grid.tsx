import type {
  CellFocusedEvent,
  CellKeyDownEvent,
  FullWidthCellKeyDownEvent,
  GridApi,
  IDatasource,
  SortChangedEvent,
} from 'ag-grid-community'
import { AgGridReact } from 'ag-grid-react'
import { useEffect, useMemo, useRef, useState, type ClipboardEvent } from 'react'
import { cspNonce } from '../../lib/csp-nonce.ts'
import { columnDefinition } from './column-definition.ts'
import { copiedText } from './copied-text.ts'
import type { DataColumn, GridPage, GridRows, GridSort } from './data-column.ts'
import { gridTheme } from './grid-theme.ts'
import './data-grid.css'

interface DataGridProps<Row> {
  /** Names the grid for screen readers. */
  readonly label: string
  /** Keep this array stable while the columns are the same. */
  readonly columns: readonly DataColumn<Row>[]
  /** Says what is listed; the grid starts anew, from the top, when it changes. */
  readonly listed: string
  /** Grows when the rows may have changed; the grid then reads again where it stands. */
  readonly version: number
  readonly sort?: GridSort | null
  rowId(row: Row): string
  read(page: GridPage): Promise<GridRows<Row>>
  /** Enter or a click on a row. */
  onOpen?(row: Row): void
  /** The focus came to a row by the arrow keys. */
  onFocus?(row: Row): void
  onSort?(sort: GridSort | null): void
  onError(error: unknown): void
}

const pageSize = 200
const nonce = cspNonce()

/** A grid over any number of rows, read page by page as they come into view; Ctrl+C copies as tab-separated text. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, columns, listed, version, sort = null } = props
  const [api, setApi] = useState<GridApi<Row> | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  // The selection follows the arrows, but not a click, which the grid itself turns into a selection.
  const isMovedByKey = useRef(false)
  // The grid keeps its callbacks for life, so they look up the latest properties here.
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })

  // The first sort is part of the definitions; later ones are the grid's own, and must not define the columns anew.
  const [firstSort] = useState(sort)
  const definitions = useMemo(() => columns.map((column) => columnDefinition(column, firstSort)), [columns, firstSort])

  useEffect(() => {
    api?.setGridOption('datasource', createDatasource(latest))
  }, [api, listed])
  useEffect(() => {
    if (version > 0) api?.refreshInfiniteCache()
  }, [api, version])
  useEffect(() => {
    if (api !== null) frame.current?.querySelector('[role=grid]')?.setAttribute('aria-label', label)
  }, [api, label])

  const keyDown = (event: CellKeyDownEvent<Row> | FullWidthCellKeyDownEvent<Row>) => {
    if (!(event.event instanceof KeyboardEvent)) return
    const { key, ctrlKey, metaKey, shiftKey } = event.event
    isMovedByKey.current = /^(Arrow|Page)(Up|Down)$/.test(key) && !ctrlKey && !metaKey && !shiftKey
    if (key === 'Enter' && event.data !== undefined) latest.current.onOpen?.(event.data)
  }
  const focused = (event: CellFocusedEvent<Row>) => {
    const node = event.rowIndex === null ? undefined : event.api.getDisplayedRowAtIndex(event.rowIndex)
    if (node?.data === undefined) return
    if (isMovedByKey.current) node.setSelected(true, true)
    isMovedByKey.current = false
    latest.current.onFocus?.(node.data)
  }
  const sorted = (event: SortChangedEvent<Row>) => {
    const column = event.api.getColumnState().find((state) => state.sort === 'asc' || state.sort === 'desc')
    const direction = column?.sort
    latest.current.onSort?.(column === undefined || !direction ? null : { column: column.colId, direction })
  }
  const copy = (event: ClipboardEvent) => {
    const text = api === null ? null : copiedText(api, latest.current.columns)
    if (text === null) return
    event.clipboardData.setData('text/plain', text)
    event.preventDefault()
  }

  return (
    <div className="data-grid" ref={frame} onCopy={copy}>
      <AgGridReact<Row>
        theme={gridTheme}
        {...(nonce === undefined ? {} : { styleNonce: nonce })}
        rowModelType="infinite"
        columnDefs={definitions}
        getRowId={({ data }) => latest.current.rowId(data)}
        cacheBlockSize={pageSize}
        maxBlocksInCache={40}
        maxConcurrentDatasourceRequests={2}
        blockLoadDebounceMillis={60}
        infiniteInitialRowCount={1}
        rowBuffer={12}
        rowSelection={{ mode: 'multiRow', checkboxes: false, headerCheckbox: false, enableClickSelection: true }}
        rowClassRules={{ 'is-loading': ({ data }) => data === undefined }}
        enableBrowserTooltips
        multiSortKey="ctrl"
        suppressMultiSort
        onGridReady={(event) => setApi(event.api)}
        onRowClicked={({ data }) => data !== undefined && latest.current.onOpen?.(data)}
        onCellKeyDown={keyDown}
        onCellFocused={focused}
        onSortChanged={sorted}
      />
    </div>
  )
}

/** Reads through the latest `read` of the grid's properties. */
function createDatasource<Row>(latest: { readonly current: DataGridProps<Row> }): IDatasource {
  return {
    getRows: ({ startRow, endRow, sortModel, successCallback, failCallback }) => {
      const [first] = sortModel
      const sort = first === undefined ? null : { column: first.colId, direction: first.sort }
      latest.current.read({ offset: startRow, limit: endRow - startRow, sort }).then(
        ({ rows, total }) => successCallback([...rows], total),
        (error: unknown) => {
          failCallback()
          latest.current.onError(error)
        },
      )
    },
  }
}
