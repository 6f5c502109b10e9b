import type { CheckResult, ReportData } from '../report-data.ts'
import { html, type Html } from './html.ts'
import { mark } from './mark.ts'
import { table, type Column } from './table.ts'
import { count, plural } from './words.ts'

/** What was asked of the models: what did not pass in sight, the rest a click away. */
export function checksSection({ checks, decisions }: ReportData): Html {
  const failed = checks.items.filter(({ status }) => status !== 'pass')
  const passed = checks.items.filter(({ status }) => status === 'pass')
  return html`<section aria-labelledby="checks">
    <h2 id="checks">Checks</h2>
    ${checks.total === 0 ? html`<p>The run did not come to its checks.</p>` : null}
    ${failed.length === 0 ? null : checksTable('What did not pass.', failed)}
    ${passed.length === 0 ? null : passedChecks(passed, failed.length === 0)}
    ${decisions.held.length === 0 ? null : heldTable(decisions.held)}
  </section>`
}

function passedChecks(passed: readonly CheckResult[], isAll: boolean): Html {
  const words = `${plural(passed.length, 'check')} passed`
  return html`<p>${isAll ? mark('good', 'All passed') : null} ${isAll ? `${words}.` : null}</p>
    <details>
      <summary>${isAll ? 'Which checks' : words}</summary>
      ${checksTable('What passed.', passed)}
    </details>`
}

function checksTable(caption: string, checks: readonly CheckResult[]): Html {
  return table(
    caption,
    [
      { title: 'Check', isHeader: true, cell: ({ name }) => name },
      { title: 'Of', cell: ({ model, column }) => (column === null ? model : `${model}.${column}`) },
      { title: 'Result', cell: resultOf },
      { title: 'Failing rows', isNumber: true, cell: ({ failures }) => count(failures) },
      ...(checks.every(({ measured }) => measured === null) ? [] : [measuredColumn]),
    ],
    checks,
  )
}

const measuredColumn: Column<CheckResult> = {
  title: 'Measured',
  cell: ({ measured, expected }) =>
    measured === null ? '' : `${measured}${expected === null ? '' : ` (expected ${expected})`}`,
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
