import type { Command } from 'commander'
import { quarantineMethods } from '#features/quarantine'
import { AppError } from '../../../../kernel/app-error.ts'
import { nonEmpty, parseDay } from '../../options.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import { decide } from './decide.ts'
import { decidedText } from './decided-text.ts'
import { addFollowUpOptions } from './finish-operation.ts'
import type { FollowUpOptions } from './finish-operation.ts'
import { addTargetOptions } from './target-options.ts'
import type { TargetOptions } from './target-options.ts'

interface WaiveOptions extends Omit<TargetOptions, 'reason'>, FollowUpOptions {
  readonly owner: string
  readonly reason: string
  readonly until?: string
  readonly forever?: true
}

/** Adds `assay quarantine waive`. */
export function addWaiveCommand(quarantine: Command): void {
  const command = addRequiredWorkspaceOptions(
    quarantine.command('waive').description('accept rows as they are, on purpose'),
  )
    .requiredOption('--owner <name>', 'who answers for it', nonEmpty)
    .requiredOption('--reason <text>', 'why', nonEmpty)
    .option('--until <day>', 'the first day on which the rows are open again, YYYY-MM-DD', parseDay)
    .option('--forever', 'without an end')
  addTargetOptions(command, '--for')
  addFollowUpOptions(command).action(waive)
}

async function waive(options: WaiveOptions): Promise<void> {
  const { owner, reason, until, forever } = options
  if ((until === undefined) === (forever === undefined))
    throw new AppError('USAGE', 'A waiver has an end or none: give --until DAY or --forever.', {
      saved: 'Nothing was changed.',
      hint: 'Give one of them.',
    })
  const terms = { owner, reason, expires_on: until ?? null }
  await decide(
    options,
    reason,
    (engine, target) => engine.call(quarantineMethods.waive, { target, ...terms }),
    (done) => decidedText('waived', done),
  )
}
