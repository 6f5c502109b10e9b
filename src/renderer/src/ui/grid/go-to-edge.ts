import type { GridApi } from 'ag-grid-community'

/**
 * Takes the focus to the first row on Ctrl+Home and to the last on Ctrl+End. The grid library leaves these keys to the browser, which
 * only scrolls, and may stop on the way while rows are still being drawn.
 */
export function goToEdge<Row>(api: GridApi<Row>, event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || (event.key !== 'Home' && event.key !== 'End')) return
  const column = api.getFocusedCell()?.column
  const row = event.key === 'Home' ? 0 : api.getDisplayedRowCount() - 1
  if (column === undefined || row < 0) return
  event.preventDefault()
  api.ensureIndexVisible(row)
  api.setFocusedCell(row, column)
}
