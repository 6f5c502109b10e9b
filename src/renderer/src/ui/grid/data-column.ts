import type { ReactNode } from 'react'

/** A column of a grid, free of the grid library's own types. */
export interface DataColumn<Row> {
  readonly id: string
  readonly title: string
  readonly width: number
  readonly isNumber?: boolean
  readonly isMono?: boolean
  readonly isSortable?: boolean
  readonly isPinned?: boolean
  /** Shown when the pointer rests on the header. */
  readonly description?: string
  /** What one sees in the cell, and what copying gives. */
  text(row: Row): string
  /** Why the cell is bad, in words; null for a good one. */
  badBecause?(row: Row): string | null
  /** Draws the cell where text alone does not do. */
  draw?(row: Row): ReactNode
  /** Whether the cell can be edited in place; the editor begins with `text`. */
  isEditable?(row: Row): boolean
}

/** What an edit of a cell comes to: the row as it is to be shown at once, and the saving; the old row is shown again should it fail. */
export interface CellSave<Row> {
  readonly shown: Row
  readonly saved: Promise<unknown>
}

/** What a screen may ask of its grid. */
export interface DataGridHandle {
  /** Puts the focus back on the cell that had it. */
  focus(): void
  /** Begins to edit the focused cell; false where that one cannot be edited. */
  edit(): boolean
  /** The id of the row that has the focus; null where none has. */
  focusedRow(): string | null
}

export interface GridSort {
  readonly column: string
  readonly direction: 'asc' | 'desc'
}

/** Which rows the grid wants to have read. */
export interface GridPage {
  readonly offset: number
  readonly limit: number
  readonly sort: GridSort | null
}

export interface GridRows<Row> {
  readonly rows: readonly Row[]
  readonly total: number
}
