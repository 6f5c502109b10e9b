import type { ReportData } from '../report-data.ts'
import { html, type Html } from './html.ts'
import { mark } from './mark.ts'
import { notShown, quoted, table } from './table.ts'
import { count, size } from './words.ts'

/** What was delivered, the rejected files first. */
export function filesSection({ files }: ReportData): Html | null {
  if (files.total === 0) return null
  return html`<section aria-labelledby="files">
    <h2 id="files">Files</h2>
    ${table(
      'What was delivered; files that were rejected come first.',
      [
        { title: 'File', isHeader: true, cell: ({ file }) => quoted(file) },
        { title: 'Source', cell: ({ source }) => source },
        {
          title: 'State',
          cell: ({ rejected, isKnown }) =>
            rejected !== null
              ? html`${mark('bad', 'rejected')}: ${rejected}`
              : isKnown
                ? mark('plain', 'read before')
                : mark('good', 'read'),
        },
        { title: 'Form', cell: ({ format, encoding }) => `${format}, ${encoding}` },
        { title: 'Size', isNumber: true, cell: ({ bytes }) => size(bytes) },
        { title: 'Rows', isNumber: true, cell: ({ rowsRead }) => count(rowsRead) },
        { title: 'Held back', isNumber: true, cell: ({ heldBack }) => count(heldBack) },
      ],
      files.items,
    )}
    ${notShown(files, 'files')}
  </section>`
}
