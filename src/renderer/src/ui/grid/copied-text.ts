import type { GridApi } from 'ag-grid-community'
import { toTsv } from '../../lib/tsv.ts'
import type { DataColumn } from './data-column.ts'

/** What Ctrl+C takes from a grid: the selected rows as they are seen, or the focused cell; null when neither is. */
export function copiedText<Row>(api: GridApi<Row>, columns: readonly DataColumn<Row>[]): string | null {
  const nodes = api.getSelectedNodes().toSorted((one, other) => (one.rowIndex ?? 0) - (other.rowIndex ?? 0))
  const rows = nodes.flatMap((node) => (node.data === undefined ? [] : [node.data]))
  if (rows.length > 0) return toTsv(rows.map((row) => columns.map((column) => column.text(row))))

  const cell = api.getFocusedCell()
  if (cell === null) return null
  const row = api.getDisplayedRowAtIndex(cell.rowIndex)?.data
  const column = columns.find((one) => one.id === cell.column.getColId())
  return row === undefined || column === undefined ? null : toTsv([[column.text(row)]])
}
