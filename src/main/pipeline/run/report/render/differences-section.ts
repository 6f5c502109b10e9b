import type { Comparison, ReportData, ReportedDifference } from '../report-data.ts'
import { html, type Html } from './html.ts'
import { mark } from './mark.ts'
import { drawPicture } from './picture.ts'
import { table } from './table.ts'
import { count, plural } from './words.ts'

/** What is not as in the run before, in words and pictures. */
export function differencesSection({ comparison }: ReportData): Html {
  const { before, after, sentence, alarms, differences, schema } = comparison
  return html`<section aria-labelledby="differences">
    <h2 id="differences">${before === null ? 'Changes' : `Changes since run ${before}`}</h2>
    <p>
      ${alarms === 0 ? sentence : `${plural(alarms, 'difference is', 'differences are')} unusual.`}${countOf(differences)}
    </p>
    ${schema.length === 0 ? null : schemaTable(schema)}
    <div class="differences">
      ${differences.items.map((difference, at) => article(difference, { before: before ?? 0, after, number: at + 1 }))}
    </div>
  </section>`
}

function countOf({ items, total }: Comparison['differences']): string | null {
  if (total === items.length) return null
  return items.length === 1
    ? ` Shown is the most unusual of ${count(total)} differences.`
    : ` Shown are the ${items.length} most unusual of ${count(total)} differences.`
}

const levels = {
  alarm: ['attention', 'unusual'],
  notable: ['attention', 'large'],
  usual: ['plain', 'as usual'],
} as const

interface Place {
  readonly before: number
  readonly after: number
  readonly number: number
}

function article({ place, sentence, level, picture }: ReportedDifference, at: Place): Html {
  return html`<article aria-labelledby="difference-${at.number}">
    <h3 id="difference-${at.number}">${place}</h3>
    <p>${mark(levels[level][0], levels[level][1])} ${sentence}</p>
    ${drawPicture(picture, at)}
  </article> `
}

function schemaTable(schema: Comparison['schema']): Html {
  return table(
    'Columns that changed.',
    [
      { title: 'Column', isHeader: true, cell: ({ relation, column }) => `${relation}.${column}` },
      { title: 'Change', cell: ({ change }) => (change === 'type' ? 'another type' : change) },
      { title: 'Before', cell: ({ before }) => before ?? '' },
      { title: 'Now', cell: ({ after }) => after ?? '' },
    ],
    schema,
  )
}
