import type { Command } from 'commander'
import { AppError, exitCodeOf } from '../../../../kernel/app-error.ts'
import type { ErrorReport } from '../../../../kernel/app-error.ts'
import { reportError } from '../../../../kernel/report-error.ts'
import { printError } from '../../output/print-error.ts'
import { printJson, printResult } from '../../output/print.ts'
import { addEffectOption, replayDocument, replayRows, replayText } from './replay-rows.ts'
import type { EffectOptions, Replayed } from './replay-rows.ts'

/** What may follow upon an operation. */
export interface FollowUpOptions extends EffectOptions {
  readonly replay?: true
}

/** An operation that is kept. */
export interface KeptOperation {
  /** As the engine gave it; `--json` prints it. */
  readonly document: { readonly operation_id: number }
  /** The same for a person. */
  readonly text: string
  /** The rows to replay. */
  readonly records: readonly number[]
}

/** Adds `--replay` and how much of its effect is shown. */
export function addFollowUpOptions(command: Command): Command {
  return addEffectOption(command.option('--replay', 'replay these rows at once, and show the effect'))
}

/** A preview leaves nothing that could be replayed. */
export function refusePreviewOfReplay({ preview, replay }: { readonly preview?: true; readonly replay?: true }): void {
  if (preview === undefined || replay === undefined) return
  throw new AppError('USAGE', '--preview changes nothing that could be replayed.', {
    saved: 'Nothing was changed.',
    hint: 'Leave out --preview or --replay.',
  })
}

/** Says what an operation did, after replaying its rows where that was asked for. The operation stays, whatever becomes of the replay. */
export async function finishOperation(options: FollowUpOptions, kept: KeptOperation): Promise<void> {
  const { document, text, records } = kept
  if (options.replay === undefined || records.length === 0) {
    if (options.json) printJson(document)
    else printResult(text)
    return
  }
  const outcome = await replayRows(options, 'replay', records).catch((error: unknown) => {
    if (error instanceof AppError) return reportError(error)
    throw error
  })
  const replayed = 'run' in outcome ? outcome : null
  const failure = 'run' in outcome ? outcome.error : outcome
  const error = failure && withKept(failure, document.operation_id, replayed)
  if (options.json) printJson({ ...document, ...(replayed && replayDocument(replayed)), ...(error && { error }) })
  else printResult(replayed === null ? text : `${text}\n${replayText(replayed)}`)
  if (error === null) return
  printError(error)
  process.exitCode = exitCodeOf(error.code)
}

function withKept(error: ErrorReport, operation: number, replayed: Replayed | null): ErrorReport {
  const kept = `Operation ${operation} is kept and waits for a replay.`
  return { ...error, saved: replayed === null || error.saved === null ? kept : `${error.saved} ${kept}` }
}
