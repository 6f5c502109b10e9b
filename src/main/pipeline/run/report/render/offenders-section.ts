import type { Offenders, ReportData } from '../report-data.ts'
import { html, type Html } from './html.ts'
import { notShown, quoted, table } from './table.ts'
import { count } from './words.ts'

/** Which rules hold most rows back, and of whom. */
export function offendersSection({ offenders }: ReportData): Html | null {
  if (offenders === null) return null
  const { rules, companies } = offenders
  return html`<section aria-labelledby="offenders">
    <h2 id="offenders">Top offenders</h2>
    ${rules.total === 0 ? html`<p>No row is held back.</p>` : rulesTable(rules)}
    ${companies.total === 0 ? null : companiesTable(companies)}
  </section>`
}

function rulesTable(rules: Offenders['rules']): Html {
  return html`<h3>By rule</h3>
    ${table(
      'Rules with the most rows held back. A row that breaks several stands under each.',
      [
        { title: 'Rule', isHeader: true, cell: ({ source, field, rule }) => `${source}, ${field}: ${rule}` },
        { title: 'Rows', isNumber: true, cell: ({ rows }) => count(rows) },
        { title: 'New in this run', isNumber: true, cell: ({ fresh }) => count(fresh) },
        { title: 'Companies', isNumber: true, cell: ({ companies }) => count(companies) },
        {
          title: 'Most of',
          cell: ({ worst }) => (worst === null ? '' : html`${quoted(worst.company)} (${count(worst.rows)})`),
        },
        {
          title: 'Most frequent values',
          cell: ({ values }) =>
            html`${values.map(({ value, rows }, at) => html`${at === 0 ? null : ', '}${value === 'empty' || value === 'blank' ? value : quoted(value)} × ${count(rows)}`)}`,
        },
      ],
      rules.items,
    )}
    ${notShown(rules, 'rules')}`
}

function companiesTable(companies: Offenders['companies']): Html {
  return html`<h3>By company</h3>
    ${table(
      'Companies with the most rows held back.',
      [
        { title: 'Company', isHeader: true, cell: ({ company }) => quoted(company) },
        { title: 'Rows', isNumber: true, cell: ({ rows }) => count(rows) },
        { title: 'New in this run', isNumber: true, cell: ({ fresh }) => count(fresh) },
        { title: 'Most often', cell: ({ reason }) => reason },
      ],
      companies.items,
    )}
    ${notShown(companies, 'companies')}`
}
