import type { ReportData } from '../report-data.ts'
import { booksSection } from './books-section.ts'
import { checksSection } from './checks-section.ts'
import { decisionsSection } from './decisions-section.ts'
import { differencesSection } from './differences-section.ts'
import { filesSection } from './files-section.ts'
import { footer } from './footer.ts'
import { header } from './header.ts'
import { html, type Html } from './html.ts'
import { modelsSection } from './models-section.ts'
import { offendersSection } from './offenders-section.ts'
import { reportStyle } from './style.ts'
import { summarySection } from './summary-section.ts'

/** The report as one file that needs nothing else: no script, no font, no picture from elsewhere. */
export function renderReport(data: ReportData): string {
  const sections = [
    ['summary', 'Summary', summarySection(data)],
    ['books', 'Books', booksSection(data)],
    ['checks', 'Checks', checksSection(data)],
    ['differences', 'Changes', differencesSection(data)],
    ['offenders', 'Top offenders', offendersSection(data)],
    ['decisions', 'Corrections', decisionsSection(data)],
    ['models', 'Models', modelsSection(data)],
    ['files', 'Files', filesSection(data)],
  ] as const
  const shown = sections.filter(([, , section]) => section !== null)
  const title = `Run ${data.run.runId} of ${data.project}, as of ${data.run.asOf}`
  return `${
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="referrer" content="no-referrer" />
          <meta name="color-scheme" content="light dark" />
          <title>${title}</title>
          <style>
            ${styleSheet}
          </style>
        </head>
        <body>
          ${header(data)}
          <nav aria-label="Contents">
            <ul>
              ${shown.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}
            </ul>
          </nav>
          <main>${shown.map(([, , section]) => html`${section} `)}</main>
          ${footer(data)}
        </body>
      </html>`.html
  }\n`
}

const styleSheet: Html = { html: reportStyle }
