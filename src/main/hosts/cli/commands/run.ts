import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { AppError, exitCodeOf } from '../../../kernel/app-error.ts'
import { today } from '../../../kernel/clock.ts'
import type { RebuildRequest } from '../../../pipeline/run/models/rebuild.ts'
import type { RunRequest } from '../../../pipeline/run/run-request.ts'
import { collect, nonEmpty, parseDay } from '../options.ts'
import { withFolders } from '../output/command-text.ts'
import { gateLines, gatesDocument } from '../output/gate-lines.ts'
import { printJson, printResult } from '../output/print.ts'
import { printError } from '../output/print-error.ts'
import { runDocument } from '../output/run-document.ts'
import { runSummary } from '../output/run-summary.ts'
import { workbenchHint } from '../output/workbench-hint.ts'
import { nameLog } from '../report-failure.ts'
import { runJob } from '../run-job.ts'
import { userName } from '../../../kernel/user-name.ts'
import { addProjectOption } from '../workspace-options.ts'
import { unfinishedRun } from './unfinished-run.ts'

interface RunOptions {
  readonly project: string
  readonly input?: string
  readonly workspace: string
  readonly asOf?: string
  readonly export?: string
  readonly select?: readonly string[]
  readonly company?: readonly string[]
  readonly from?: string
  readonly to?: string
  readonly fullRefresh?: true
  readonly resume?: true
  readonly allowHeld?: true
  readonly expected?: true
  readonly reason?: string
  readonly json?: true
}

/** Adds `assay run`: feeds in, quarantine and published tables out. */
export function addRunCommand(program: Command): void {
  addProjectOption(program.command('run').description('take feeds through the pipeline and publish the result'))
    .option('--input <dir>', 'folder of the feed files; may be left out where something is built again', nonEmpty)
    .requiredOption('--workspace <dir>', 'folder of the workspace, made when it is not there', nonEmpty)
    .option('--as-of <day>', 'the day that counts as today, YYYY-MM-DD', parseDay)
    .option('--export <dir>', 'write every export there, as CSV and Parquet', nonEmpty)
    .option(
      '--select <models...>',
      'build these models again: MODEL or a stage such as mart, MODEL+ with what reads it, +MODEL with what it reads; 1+MODEL and MODEL+1 go only so many steps',
      collect,
    )
    .option('--from <day>', 'build again from this day of events on', parseDay)
    .option('--to <day>', 'build again up to this day of events', parseDay)
    .option('--company <ids...>', 'build these companies again', collect)
    .addOption(
      new Option('--full-refresh', 'read all that was ever delivered again and build everything from it').conflicts([
        'select',
        'from',
        'to',
        'company',
      ]),
    )
    .addOption(
      new Option(
        '--resume',
        'go on with the last run where it stopped; starts over where what it had read or decided by changed',
      ).conflicts(['select', 'from', 'to', 'company', 'fullRefresh']),
    )
    .option('--allow-held', 'load what the gates hold, for a reason that is recorded')
    .option('--expected', 'with --allow-held: it is a new level that the gates learn from')
    .option('--reason <text>', 'why, with --allow-held', nonEmpty)
    .option('--json', 'print one JSON document')
    .action(run)
}

async function run(options: RunOptions): Promise<void> {
  const request = options.resume === undefined ? requestOf(options) : await resumedRequest(options)
  const { detail, gates, error: failure } = await runJob(request)
  const error = failure && withFolders(nameLog(failure, options.workspace), options)
  if (options.json) printJson({ ...runDocument(detail), ...gatesDocument(gates), ...(error && { error }) })
  else printResult([runSummary(detail), ...gateLines(gates), '', workbenchHint(options.workspace)].join('\n'))
  if (error) printError(error)
  process.exitCode = error === null ? 0 : exitCodeOf(error.code)
}

/** What the last run was asked for; what is given now counts before it. */
async function resumedRequest(options: RunOptions): Promise<RunRequest> {
  const asked = await unfinishedRun(options)
  const allowHeld = allowHeldOf(options)
  return {
    ...asked,
    projectFolder: resolve(options.project),
    workspaceFolder: resolve(options.workspace),
    startedBy: userName(),
    ...(options.input !== undefined && { inputFolder: resolve(options.input) }),
    ...(options.asOf !== undefined && { asOf: options.asOf }),
    ...(options.export !== undefined && { exportFolder: resolve(options.export) }),
    ...(allowHeld !== null && { allowHeld }),
  }
}

function requestOf(options: RunOptions): RunRequest {
  const rebuild = rebuildOf(options)
  const { input, fullRefresh } = options
  if (input === undefined && rebuild === null && fullRefresh === undefined)
    throw new AppError('USAGE', 'There is nothing to do: no folder of feeds is named.', {
      saved: 'No run was started.',
      hint: 'Name one with --input; without it --select, --from, --to, --company or --full-refresh build again what there is.',
    })
  const reads = input !== undefined || fullRefresh === true
  return {
    kind: reads ? 'feeds' : 'replay',
    projectFolder: resolve(options.project),
    inputFolder: input === undefined ? '' : resolve(input),
    workspaceFolder: resolve(options.workspace),
    // What is built again is built as of the day on which it was published.
    asOf: options.asOf ?? (input === undefined ? null : today()),
    exportFolder: options.export === undefined ? null : resolve(options.export),
    startedBy: userName(),
    records: reads ? null : [],
    ...(fullRefresh === true && { fullRefresh }),
    ...(rebuild !== null && { rebuild }),
    allowHeld: allowHeldOf(options),
  }
}

function allowHeldOf({ allowHeld, expected, reason }: RunOptions): NonNullable<RunRequest['allowHeld']> | null {
  if (allowHeld !== undefined && reason !== undefined) return { reason, isExpected: expected === true }
  if (allowHeld === undefined && expected === undefined && reason === undefined) return null
  throw new AppError('USAGE', 'What is held is let through by --allow-held and --reason together.', {
    saved: 'No run was started.',
    hint: 'Give both, or neither.',
  })
}

function rebuildOf({ select = [], company = [], ...days }: RunOptions): RebuildRequest | null {
  const { from = null, to = null }: { readonly from?: string | null; readonly to?: string | null } = days
  if (select.length === 0 && company.length === 0 && from === null && to === null) return null
  return { select, companies: company, from, to }
}
