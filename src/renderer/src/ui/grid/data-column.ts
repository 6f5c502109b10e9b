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
