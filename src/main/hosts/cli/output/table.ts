import { styleText } from 'node:util'
import Table from 'cli-table3'
import { printable } from './printable.ts'

/** A column of a table on the terminal. */
export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
}

/** A table without lines but the one under its titles, so that it stays readable in a log and easy to cut apart. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const none = {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
  }
  const table = new Table({
    head: columns.map((column) => styled('bold', column.title)),
    colAligns: columns.map((column) => column.align ?? 'left'),
    chars: { ...none, left: ' ', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: ' ' },
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 0 },
  })
  table.push(...rows.map((row) => row.map(printable)))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

/** A heading with a table under it; nothing at all where there are no rows. */
export function section(
  title: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  return rows.length === 0 ? [] : ['', styled('bold', title), renderTable(columns, rows)]
}

/** Text in a colour or weight where stdout is a terminal that wants one (not with NO_COLOR), plain elsewhere. */
export function styled(format: Parameters<typeof styleText>[0], text: string): string {
  return styleText(format, text, { stream: process.stdout })
}
