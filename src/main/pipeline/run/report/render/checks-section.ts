import type { CheckResult, ReportData } from '../report-data.ts'
import { html, type Html } from './html.ts'
import { mark } from './mark.ts'
import { table } from './table.ts'
import { count } from './words.ts'

/** What was asked of the models, failed checks first. */
export function checksSection({ checks, decisions }: ReportData): Html {
  return html`<section aria-labelledby="checks">
    <h2 id="checks">Checks</h2>
    ${checks.total === 0 ? html`<p>The run did not come to its checks.</p>` : checksTable(checks.items)}
    ${decisions.held.length === 0 ? null : heldTable(decisions.held)}
  </section>`
}

function checksTable(checks: readonly CheckResult[]): Html {
  return table(
    'What was asked of the models; what did not pass comes first.',
    [
      { title: 'Check', isHeader: true, cell: ({ name }) => name },
      { title: 'Of', cell: ({ model, column }) => (column === null ? model : `${model}.${column}`) },
      { title: 'Result', cell: resultOf },
      { title: 'Failing rows', isNumber: true, cell: ({ failures }) => count(failures) },
      {
        title: 'Measured',
        cell: ({ measured, expected }) =>
          measured === null ? '' : `${measured}${expected === null ? '' : ` (expected ${expected})`}`,
      },
    ],
    checks,
  )
}

function resultOf({ status, blocking }: CheckResult): Html {
  if (status === 'pass') return mark('good', 'passed')
  return status === 'warn' ? mark('attention', 'warned') : mark('bad', blocking ? 'failed, blocks' : 'failed')
}

function heldTable(held: ReportData['decisions']['held']): Html {
  return table(
    'Parts that a failed check holds back: readers see them as an earlier run left them.',
    [
      { title: 'Rows of', isHeader: true, cell: ({ place }) => place },
      { title: 'Check', cell: ({ check }) => check },
      { title: 'Readers see', cell: ({ since }) => (since === 0 ? 'nothing yet' : `run ${since}`) },
    ],
    held,
  )
}
