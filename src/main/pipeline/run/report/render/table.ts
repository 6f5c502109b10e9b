import type { Listed } from '../report-data.ts'
import { html, type Html } from './html.ts'
import { count } from './words.ts'

export type Cell = Html | string | null

export interface Column<Row> {
  readonly title: string
  readonly isNumber?: boolean
  /** Names the row; one column of a table does. */
  readonly isHeader?: boolean
  readonly cell: (row: Row) => Cell
  /** What stands in the last row, which sums up. */
  readonly total?: Cell
}

/** A table with its caption, headers of columns and rows, and a row that sums up where a column has a total. */
export function table<Row>(caption: Html | string, columns: readonly Column<Row>[], rows: readonly Row[]): Html {
  const hasTotals = columns.some(({ total }) => total !== undefined)
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${columns.map((column) => html`<th scope="col" ${classOf(column)}>${column.title}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${columns.map((column) => cellOf(column, column.cell(row)))}
          </tr> `,
      )}
    </tbody>
    ${
      hasTotals
        ? html`<tfoot>
            <tr>
              ${columns.map((column) => cellOf(column, column.total ?? ''))}
            </tr>
          </tfoot> `
        : null
    }
  </table>`
}

function cellOf<Row>(column: Column<Row>, content: Cell): Html {
  return column.isHeader === true ? html`<th scope="row">${content}</th>` : html`<td${classOf(column)}>${content}</td>`
}

function classOf<Row>({ isNumber }: Column<Row>): Html | null {
  return isNumber === true ? html` class="number"` : null
}

/** Says how many rows of a list are not shown. */
export function notShown(list: Listed<unknown>, what: string): Html | null {
  const rest = list.total - list.items.length
  return rest === 0
    ? null
    : html`<p class="soft">${count(rest)} more ${what} are not listed here; the workspace has them.</p>`
}

/** Text of a feed: shown as written, kept apart from the direction of what surrounds it. */
export function quoted(text: string): Html {
  return html`<bdi class="mono">${text}</bdi>`
}
