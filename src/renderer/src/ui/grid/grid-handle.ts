import type { GridApi } from 'ag-grid-community'
import type { DataGridHandle } from './data-column.ts'

/** What a screen may ask of the grid behind this interface of the grid library. */
export function gridHandle<Row>(api: GridApi<Row> | null): DataGridHandle {
  return {
    focus() {
      const cell = api?.getFocusedCell() ?? null
      const [first] = api?.getAllDisplayedColumns() ?? []
      const column = cell?.column ?? first
      if (column !== undefined) api?.setFocusedCell(cell?.rowIndex ?? 0, column)
    },
    edit() {
      const cell = api?.getFocusedCell() ?? null
      const node = cell === null ? undefined : api?.getDisplayedRowAtIndex(cell.rowIndex)
      if (cell === null || node === undefined || !cell.column.isCellEditable(node)) return false
      api?.startEditingCell({ rowIndex: cell.rowIndex, colKey: cell.column })
      return true
    },
    focusedRow() {
      const cell = api?.getFocusedCell() ?? null
      return cell === null ? null : (api?.getDisplayedRowAtIndex(cell.rowIndex)?.id ?? null)
    },
  }
}

/** Tells the grid library of a cell that got the focus by other means than its own, such as F6. */
export function noteFocus<Row>(api: GridApi<Row>, target: Element): void {
  const column = target.getAttribute('col-id')
  const row = target.closest('[row-index]')?.getAttribute('row-index') ?? null
  if (target.getAttribute('role') !== 'gridcell' || column === null || row === null) return
  const known = api.getFocusedCell()
  if (known?.rowIndex === Number(row) && known.column.getColId() === column) return
  api.setFocusedCell(Number(row), column)
}
