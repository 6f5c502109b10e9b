import { resolve } from 'node:path'
import type { Command } from 'commander'
import { reportsMethods } from '#features/reports'
import { nonEmpty, wholeNumber } from '../options.ts'
import { printJson, printNotice, printResult } from '../output/print.ts'
import { withEngine } from '../with-engine.ts'
import { addWorkspaceOptions, type WorkspaceOptions } from '../workspace-options.ts'

interface ReportOptions extends WorkspaceOptions {
  readonly out: string
  readonly showPersonal?: true
}

/** Adds `assay report`: a run as one file for people who have no Assay. */
export function addReportCommand(program: Command): void {
  addWorkspaceOptions(
    program.command('report').description('write a run as one HTML file that opens anywhere, offline'),
  )
    .argument('[run]', 'number of the run; the published one when none is named', wholeNumber(1, 1e15))
    .requiredOption('--out <file>', 'file to write, .html', nonEmpty)
    .option('--show-personal', 'show values of personal columns, which are masked otherwise')
    .action(report)
}

async function report(runId: number | undefined, options: ReportOptions): Promise<void> {
  const { out, showPersonal = false, json } = options
  const { run_id: run, path } = await withEngine(options, (engine) =>
    engine.call(reportsMethods.make, {
      ...(runId === undefined ? {} : { run_id: runId }),
      show_personal: showPersonal,
      out: resolve(out),
    }),
  )
  if (json) printJson({ run_id: run, path, show_personal: showPersonal })
  else printResult(`The report of run ${run} is in ${path}`)
  if (showPersonal) printNotice('It shows personal data: keep it accordingly.')
}
