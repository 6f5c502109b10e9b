import { CommanderError, type Command } from 'commander'
import { AppError, exitCodeOf } from '../../kernel/app-error.ts'
import { reportError } from '../../kernel/report-error.ts'
import { leaveSignalsToSystem } from './cancel-signals.ts'
import { versionAsCommand } from './commands/version.ts'
import { withFolders, type GivenFolders } from './output/command-text.ts'
import { printError } from './output/print-error.ts'
import { printJson, printNotice } from './output/print.ts'
import { createProgram } from './program.ts'
import { reportFailure } from './report-failure.ts'

/** Does what the arguments say and leaves the exit code in `process.exitCode`; never throws. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  let folders: GivenFolders = {}
  const program = createProgram()
  program.hook('preAction', async (_program, command) => {
    folders = command.opts<GivenFolders>()
    if (!startsRuns(command)) await leaveSignalsToSystem()
  })
  process.once('uncaughtException', (error) => {
    endOnError(error, args, folders)
    process.exit()
  })
  try {
    await program.parseAsync(versionAsCommand(args), { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) endOnUsage(error, args)
    else endOnError(error, args, folders)
  }
}

/** Commander has explained itself on stderr by now; a `CommanderError` is also how help and version end. */
function endOnUsage(error: CommanderError, args: readonly string[]): void {
  if (error.exitCode === 0) return
  process.exitCode = exitCodeOf('USAGE')
  if (!wantsJson(args)) return
  const hint = 'See assay --help, or --help behind a command.'
  printJson({ error: reportError(new AppError('USAGE', error.message.replace(/^error: /, ''), { hint })) })
}

function endOnError(error: unknown, args: readonly string[], folders: GivenFolders): void {
  const report = withFolders(reportFailure(error, folders.workspace ?? null), folders)
  process.exitCode = exitCodeOf(report.code)
  if (wantsJson(args)) printJson({ error: report })
  printError(report)
  if (process.env['ASSAY_DEBUG'] === '1' && error instanceof Error) printNotice(error.stack ?? error.message)
}

/** Whether a command may start a run, which it cancels itself; what such a command reads before that takes no time. */
function startsRuns(command: Command): boolean {
  return command.name() === 'run' || command.parent?.name() === 'quarantine'
}

function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end === -1 ? args : args.slice(0, end)).includes('--json')
}
