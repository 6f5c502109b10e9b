import type { ReportData } from '../report-data.ts'
import { html, type Html } from './html.ts'
import { change, count, plural, share } from './words.ts'

/** The run in a few numbers. */
export function summarySection({ summary, comparison }: ReportData): Html {
  const { read, staged, heldBack, open, modelRows, modelChange, checksPassed, checksFailed, alarms } = summary
  return html`<section aria-labelledby="summary">
    <h2 id="summary">Summary</h2>
    <dl class="facts">
      ${fact('Rows read', count(read), 'in this run')} ${fact('Staged', count(staged), 'new, changed or known')}
      ${fact('Held back', count(heldBack), [...(read === 0 ? [] : [`${share(heldBack, read)} of rows read`]), ...(open === null ? [] : [`${count(open)} in all`])].join('; '))}
      ${modelRows === null ? null : fact('Rows of models', count(modelRows), modelChange === null ? 'nothing before' : `${change(modelChange)} against before`)}
      ${fact('Checks passed', `${count(checksPassed)} of ${count(checksPassed + checksFailed)}`, checksFailed === 0 ? 'none failed' : `${plural(checksFailed, 'did', 'did')} not pass`)}
      ${alarms === null ? null : fact('Unusual', count(alarms), `against run ${comparison.before ?? 0}`)}
    </dl>
  </section>`
}

function fact(name: string, value: string, note: string): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd><span class="figure">${value}</span> <span class="soft">${note}</span></dd>
  </div>`
}
