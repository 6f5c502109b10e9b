import { resolve } from 'node:path'
import type { Command } from 'commander'
import { exitCodeOf } from '../../../kernel/app-error.ts'
import { today } from '../../../kernel/clock.ts'
import type { RunRequest } from '../../../pipeline/run/run-request.ts'
import { nonEmpty, parseDay } from '../options.ts'
import { printJson, printResult } from '../output/print.ts'
import { printError } from '../output/print-error.ts'
import { runDocument } from '../output/run-document.ts'
import { runSummary } from '../output/run-summary.ts'
import { workbenchHint } from '../output/workbench-hint.ts'
import { nameLog } from '../report-failure.ts'
import { runJob } from '../run-job.ts'
import { userName } from '../user-name.ts'
import { addProjectOption } from '../workspace-options.ts'

interface RunOptions {
  readonly project: string
  readonly input: string
  readonly workspace: string
  readonly asOf?: string
  readonly export?: string
  readonly json?: true
}

/** Adds `assay run`: feeds in, quarantine and published tables out. */
export function addRunCommand(program: Command): void {
  addProjectOption(program.command('run').description('take feeds through the pipeline and publish the result'))
    .requiredOption('--input <dir>', 'folder of the feed files', nonEmpty)
    .requiredOption('--workspace <dir>', 'folder of the workspace, made when it is not there', nonEmpty)
    .option('--as-of <day>', 'the day that counts as today, YYYY-MM-DD', parseDay)
    .option('--export <dir>', 'write every export there, as CSV and Parquet', nonEmpty)
    .option('--json', 'print one JSON document')
    .action(run)
}

async function run(options: RunOptions): Promise<void> {
  const { detail, error: failure } = await runJob(requestOf(options))
  const error = failure && nameLog(failure, options.workspace)
  if (options.json) printJson({ ...runDocument(detail), ...(error && { error }) })
  else printResult([runSummary(detail), '', workbenchHint(options.workspace)].join('\n'))
  if (error) printError(error)
  process.exitCode = error === null ? 0 : exitCodeOf(error.code)
}

function requestOf(options: RunOptions): RunRequest {
  return {
    kind: 'feeds',
    projectFolder: resolve(options.project),
    inputFolder: resolve(options.input),
    workspaceFolder: resolve(options.workspace),
    asOf: options.asOf ?? today(),
    exportFolder: options.export === undefined ? null : resolve(options.export),
    startedBy: userName(),
    records: null,
  }
}
