import type { Decisions, ReportData } from '../report-data.ts'
import { html, type Html } from './html.ts'
import { mark } from './mark.ts'
import { notShown, quoted, table } from './table.ts'
import { count, instant } from './words.ts'

/** What people decided: corrections, waivers, and what was let through. */
export function decisionsSection({ decisions }: ReportData): Html {
  const { operations, waivers, letThrough, since } = decisions
  return html`<section aria-labelledby="decisions">
    <h2 id="decisions">Corrections and decisions</h2>
    ${operations.total === 0 ? html`<p>Nobody corrected, waived or discarded anything ${since === 0 ? 'before this run' : `between run ${since} and this one`}.</p>` : operationsTable(operations)}
    ${waivers.length === 0 ? null : waiversTable(waivers)}
    ${letThrough.length === 0 ? null : letThroughTable(letThrough)}
  </section>`
}

function operationsTable(operations: Decisions['operations']): Html {
  return html`<h3>Made for this run</h3>
    ${table(
      'What people decided since the run before, in order.',
      [
        {
          title: 'What',
          isHeader: true,
          cell: ({ what, isUndone }) => html`${what}${isUndone ? html` ${mark('plain', 'undone')}` : null}`,
        },
        {
          title: 'Most frequent changes',
          cell: ({ changes }) =>
            changes.length === 0
              ? ''
              : html`<ul>
                  ${changes.map(({ place, before, after, rows }) => html`<li>${place}: ${quoted(before)} → ${quoted(after)}${rows === 1 ? null : ` × ${count(rows)}`}</li>`)}
                </ul>`,
        },
        { title: 'Rows', isNumber: true, cell: ({ rows }) => count(rows) },
        { title: 'Reason', cell: ({ reason }) => reason },
        { title: 'Who', cell: ({ who }) => who },
        { title: 'When', cell: ({ at }) => html`<time>${instant(at)}</time>` },
      ],
      operations.items,
    )}
    ${notShown(operations, 'decisions')}`
}

function waiversTable(waivers: Decisions['waivers']): Html {
  return html`<h3>Waivers in force</h3>
    ${table(
      'Rules that are not held against some rows, and until when.',
      [
        { title: 'Waiver', isHeader: true, cell: ({ what }) => what },
        { title: 'Rules', cell: ({ rules }) => rules },
        { title: 'Rows', isNumber: true, cell: ({ rows }) => count(rows) },
        { title: 'Expires', cell: ({ expires }) => (expires === null ? 'never' : html`<time>${expires}</time>`) },
        { title: 'Reason', cell: ({ reason }) => reason },
        { title: 'Who', cell: ({ who }) => who },
        { title: 'When', cell: ({ at }) => html`<time>${instant(at)}</time>` },
      ],
      waivers,
    )}`
}

function letThroughTable(letThrough: Decisions['letThrough']): Html {
  return html`<h3>Let through</h3>
    ${table(
      'What a gate or a check had stopped and a person let through.',
      [
        { title: 'What', isHeader: true, cell: ({ what }) => what },
        { title: 'It said', cell: ({ said }) => said },
        { title: 'Reason', cell: ({ reason }) => reason },
        { title: 'Who', cell: ({ who }) => who },
        { title: 'When', cell: ({ at }) => html`<time>${instant(at)}</time>` },
      ],
      letThrough,
    )}`
}
