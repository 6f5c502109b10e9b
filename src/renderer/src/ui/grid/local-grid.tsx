import { useState, type Ref } from 'react'
import { tellError } from '../../lib/toasts.ts'
import type { DataColumn, DataGridHandle } from './data-column.ts'
import { DataGrid } from './data-grid.tsx'

interface LocalGridProps<Row> {
  readonly label: string
  readonly columns: readonly DataColumn<Row>[]
  readonly rows: readonly Row[]
  /** Says what is listed; the grid starts anew, from the top, when it changes. */
  readonly listed?: string
  rowId(row: Row): string
  onOpen?(row: Row): void
  readonly handle?: Ref<DataGridHandle>
}

/** A grid over rows that are all at hand. */
export function LocalGrid<Row>({ rows, listed, ...rest }: LocalGridProps<Row>) {
  const [shown, setShown] = useState({ rows, version: 0 })
  if (shown.rows !== rows) setShown({ rows, version: shown.version + 1 })
  return (
    <DataGrid<Row>
      {...rest}
      listed={listed ?? rest.label}
      version={shown.version}
      read={({ offset, limit }) => Promise.resolve({ rows: rows.slice(offset, offset + limit), total: rows.length })}
      onError={tellError}
    />
  )
}
