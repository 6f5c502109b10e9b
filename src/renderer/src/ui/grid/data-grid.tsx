import type {
  CellEditRequestEvent,
  CellFocusedEvent,
  CellKeyDownEvent,
  FullWidthCellKeyDownEvent,
  GridApi,
  IDatasource,
  SortChangedEvent,
} from 'ag-grid-community'
import { AgGridReact } from 'ag-grid-react'
import { useEffect, useImperativeHandle, useMemo, useRef, useState, type ClipboardEvent, type Ref } from 'react'
import { cspNonce } from '../../lib/csp-nonce.ts'
import { columnDefinition } from './column-definition.ts'
import { copiedText } from './copied-text.ts'
import type { CellSave, DataColumn, DataGridHandle, GridPage, GridRows, GridSort } from './data-column.ts'
import { goToEdge } from './go-to-edge.ts'
import { gridHandle, noteFocus } from './grid-handle.ts'
import { gridTheme } from './grid-theme.ts'
import { useRowSelection } from './use-row-selection.ts'
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
  onOpen?(row: Row, isByKey: boolean): void
  /** The focus came to a row by the arrow keys. */
  onFocus?(row: Row): void
  onSort?(sort: GridSort | null): void
  /** What of the list is selected, by what the screen was told; `all` is every row, read or not. */
  readonly selection?: 'none' | 'some' | 'all'
  /** Rows were selected or deselected; with it, many rows can be selected by keys. */
  onSelect?(ids: readonly string[]): void
  /** A cell got another text by its editor; null where there is nothing to save. */
  onEdit?(row: Row, columnId: string, text: string): CellSave<Row> | null
  readonly handle?: Ref<DataGridHandle>
  onError(error: unknown): void
}

const pageSize = 200
/** Up to so many columns all are drawn, so that what lies beyond the edge can be found and read out. */
const mostDrawnColumns = 24
const nonce = cspNonce()

/** A grid over any number of rows, read page by page as they come into view; Ctrl+C copies as tab-separated text. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, columns, listed, version, selection, handle, sort = null } = props
  const [api, setApi] = useState<GridApi<Row> | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  // The grid keeps its callbacks for life, so they look up the latest properties here.
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  const rows = useRowSelection(api, latest, selection)
  useImperativeHandle(handle, () => gridHandle(api), [api])

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
    // What one types into a cell's editor is no key of the grid.
    if (event.event.target instanceof HTMLInputElement) return
    goToEdge(event.api, event.event)
    if (event.event.key === 'Enter' && event.data !== undefined) latest.current.onOpen?.(event.data, true)
  }
  const focused = (event: CellFocusedEvent<Row>) => {
    const node = event.rowIndex === null ? undefined : event.api.getDisplayedRowAtIndex(event.rowIndex)
    if (node?.data === undefined) return
    rows.focused(node)
    latest.current.onFocus?.(node.data)
  }
  const sorted = (event: SortChangedEvent<Row>) => {
    const column = event.api.getColumnState().find((state) => state.sort === 'asc' || state.sort === 'desc')
    const direction = column?.sort
    latest.current.onSort?.(column === undefined || !direction ? null : { column: column.colId, direction })
  }
  const edited = ({ node, data, column, newValue, oldValue }: CellEditRequestEvent<Row, string | null>) => {
    const text = newValue ?? ''
    if (data === undefined || text === (oldValue ?? '')) return
    const save = latest.current.onEdit?.(data, column.getColId(), text) ?? null
    if (save === null) return
    node.setData(save.shown)
    save.saved.catch(() => node.setData(data))
  }
  const copy = (event: ClipboardEvent) => {
    if (event.target instanceof HTMLInputElement) return
    const text = api === null ? null : copiedText(api, latest.current.columns)
    if (text === null) return
    event.clipboardData.setData('text/plain', text)
    event.preventDefault()
  }

  return (
    <div
      className={selection === 'all' ? 'data-grid is-all-selected' : 'data-grid'}
      ref={frame}
      onCopy={copy}
      onFocus={({ target }) => api !== null && noteFocus(api, target)}
      onPointerDownCapture={rows.pointerDown}
      onKeyDownCapture={({ nativeEvent }) => rows.keyDown(nativeEvent)}
    >
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
        suppressColumnVirtualisation={columns.length <= mostDrawnColumns}
        readOnlyEdit
        stopEditingWhenCellsLoseFocus
        onRowClicked={({ data, event }) => {
          if (data !== undefined && !isSelecting(event) && !isOnControl(event)) latest.current.onOpen?.(data, false)
        }}
        onSelectionChanged={rows.changed}
        onCellEditRequest={edited}
        onCellKeyDown={keyDown}
        onCellFocused={focused}
        onSortChanged={sorted}
      />
    </div>
  )
}

/** A click that adds to the selection opens nothing. */
function isSelecting(event: Event | null | undefined): boolean {
  return event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)
}

/** A click on a button or link within a row is for that one alone. */
function isOnControl(event: Event | null | undefined): boolean {
  return event?.target instanceof Element && event.target.closest('button, a') !== null
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
