import type { ReportData } from '../report-data.ts'
import { html, type Html } from './html.ts'

/** How the report came to be. */
export function footer({ version, run, isMasked }: ReportData): Html {
  return html`<footer>
    <p>
      Made by Assay ${version} from the records of run ${run.runId}, on the machine that the run was made on. This one
      file is all of the report: it loads nothing, runs nothing and sends nothing anywhere. The same run gives the same
      file. Times are in UTC.
      ${isMasked ? 'Values of columns that the contracts call personal, all that was delivered beside them in a broken row, and whole records are masked.' : 'Values of columns that the contracts call personal are shown.'}
    </p>
  </footer>`
}
