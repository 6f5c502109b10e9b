import type { ReportData } from '../report-data.ts'
import { html, type Html } from './html.ts'
import { table } from './table.ts'
import { change, count, share } from './words.ts'

/** Rows of each model and their change. */
export function modelsSection({ models }: ReportData): Html | null {
  if (models.length === 0) return null
  return html`<section aria-labelledby="models">
    <h2 id="models">Models</h2>
    ${table(
      'Rows of each model, and of the run published before.',
      [
        { title: 'Model', isHeader: true, cell: ({ model }) => model },
        { title: 'Rows', isNumber: true, cell: ({ rows }) => count(rows) },
        { title: 'Before', isNumber: true, cell: ({ previous }) => (previous === null ? '–' : count(previous)) },
        {
          title: 'Change',
          isNumber: true,
          cell: ({ rows, previous }) => change(previous === null ? null : rows - previous),
        },
        {
          title: 'Share',
          isNumber: true,
          cell: ({ rows, previous }) => (previous === null ? '–' : share(rows - previous, previous).replace('-', '−')),
        },
      ],
      models,
    )}
  </section>`
}
