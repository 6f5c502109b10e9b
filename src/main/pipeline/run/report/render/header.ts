import type { ReportData, ReportedRun } from '../report-data.ts'
import { html, type Html } from './html.ts'
import { mark } from './mark.ts'
import { duration, instant } from './words.ts'

const kinds: Readonly<Record<ReportedRun['kind'], string>> = {
  feeds: 'of delivered feeds',
  replay: 'of corrections and rebuilds',
  preview: 'as a preview',
}

/** What the report is about, when and by whom it was made, and what it came to. */
export function header({ project, workspace, run, verdict, isMasked }: ReportData): Html {
  return html`<header>
    <p class="soft">${project} · workspace ${workspace}</p>
    <h1>Run ${run.runId}, as of ${run.asOf}</h1>
    <p class="soft">
      Run ${kinds[run.kind]}, started ${instant(run.startedAt)} by
      ${run.startedBy}${run.seconds === null ? null : `, took ${duration(run.seconds)}`}.
      ${isMasked ? 'Personal data is masked.' : html`<strong>Personal data is shown: keep this file accordingly.</strong>`}
    </p>
    <p class="verdict verdict-${verdict.level}">
      ${mark(verdict.level, verdict.word)} <span>${verdict.sentence}</span>
    </p>
  </header>`
}
