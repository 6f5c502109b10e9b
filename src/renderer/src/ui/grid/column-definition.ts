import type { ColDef } from 'ag-grid-community'
import { createElement } from 'react'
import { BadCell } from './bad-cell.tsx'
import type { DataColumn, GridSort } from './data-column.ts'

/** The grid library's definition of one of our columns. */
export function columnDefinition<Row>(column: DataColumn<Row>, sort: GridSort | null): ColDef<Row, string> {
  return {
    colId: column.id,
    headerName: column.title,
    initialWidth: Math.max(column.width, widthOfTitle(column.title)),
    initialSort: sort?.column === column.id ? sort.direction : null,
    sortable: column.isSortable ?? false,
    resizable: true,
    suppressMovable: true,
    ...(column.isPinned === true ? { pinned: 'left' as const } : {}),
    ...(column.description === undefined ? {} : { headerTooltip: column.description }),
    ...(column.isNumber === true ? { headerClass: 'number-header' } : {}),
    cellClass: cellClass(column),
    valueGetter: ({ data }) => (data === undefined ? '' : column.text(data)),
    tooltip: ({ data }) => (data === undefined ? null : (column.badBecause?.(data) ?? column.text(data))),
    ...(column.isEditable === undefined ? {} : editing(column.isEditable)),
    cellRendererSelector: ({ data }) => {
      if (data === undefined) return undefined
      const drawn = column.draw?.(data) ?? null
      if (drawn !== null) return { component: () => drawn }
      const reason = column.badBecause?.(data) ?? null
      return reason === null
        ? undefined
        : { component: () => createElement(BadCell, { text: column.text(data), reason }) }
    },
  }
}

/** No title is cut at first, whatever the project calls its columns. */
function widthOfTitle(title: string): number {
  return Math.ceil(18 + 7.2 * title.length)
}

function editing<Row>(isEditable: (row: Row) => boolean): ColDef<Row, string> {
  return {
    editable: ({ data }) => data !== undefined && isEditable(data),
    cellEditor: 'agTextCellEditor',
    suppressKeyboardEvent: ({ event, editing: isEditing }) => {
      // The editor alone hears Escape: the grid does what it must, no command of the screen runs.
      if (isEditing && event.key === 'Escape') event.preventDefault()
      return !isEditing && wouldBeginEditing(event)
    },
  }
}

/** Keys by which the grid library begins to edit, but which stand for commands here; F2 and a double click remain. */
function wouldBeginEditing({ key }: KeyboardEvent): boolean {
  return key !== ' ' && (key.length === 1 || ['Enter', 'Backspace', 'Delete'].includes(key))
}

function cellClass<Row>({ isNumber, isMono }: DataColumn<Row>): string[] {
  return [...(isNumber === true ? ['number-cell'] : []), ...(isMono === true ? ['mono-cell'] : [])]
}
