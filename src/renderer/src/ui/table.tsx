import { Fragment, type ReactNode } from 'react'
import './table.css'

export interface TableColumn<Row> {
  readonly id: string
  readonly title: string
  readonly isNumber?: boolean
  /** Takes what width is left. */
  readonly isWide?: boolean
  cell(row: Row): ReactNode
}

interface TableProps<Row> {
  /** Names the table for screen readers. */
  readonly label: string
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  /** Only as wide as its content, for few columns. */
  readonly isCompact?: boolean
  /** A line across all columns below a row, for what is too long for one; null for none. */
  noteOf?(row: Row): ReactNode
  rowKey(row: Row): string | number
}

/** A short table, all of whose rows are at hand; long ones are grids. */
export function Table<Row>({ label, columns, rows, isCompact = false, noteOf, rowKey }: TableProps<Row>) {
  return (
    <table className={isCompact ? 'table table-compact' : 'table'} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col" className={cellClass(column)}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const note = noteOf?.(row) ?? null
          return (
            <Fragment key={rowKey(row)}>
              <tr className={note === null ? undefined : 'noted'}>
                {columns.map((column) => (
                  <td key={column.id} className={cellClass(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
              {note !== null && (
                <tr className="note">
                  <td colSpan={columns.length}>{note}</td>
                </tr>
              )}
            </Fragment>
          )
        })}
      </tbody>
    </table>
  )
}

function cellClass<Row>({ isNumber, isWide }: TableColumn<Row>): string | undefined {
  if (isNumber === true) return 'number'
  return isWide === true ? 'wide' : undefined
}
