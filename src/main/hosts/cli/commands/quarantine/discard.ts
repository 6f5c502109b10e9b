import type { Command } from 'commander'
import { quarantineMethods } from '#features/quarantine'
import { nonEmpty } from '../../options.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import { decide } from './decide.ts'
import { decidedText } from './decided-text.ts'
import { addFollowUpOptions } from './finish-operation.ts'
import type { FollowUpOptions } from './finish-operation.ts'
import { addTargetOptions } from './target-options.ts'
import type { TargetOptions } from './target-options.ts'

interface DiscardOptions extends Omit<TargetOptions, 'reason'>, FollowUpOptions {
  readonly reason: string
}

/** Adds `assay quarantine discard`. */
export function addDiscardCommand(quarantine: Command): void {
  const command = addRequiredWorkspaceOptions(
    quarantine.command('discard').description('leave rows out, on purpose'),
  ).requiredOption('--reason <text>', 'why', nonEmpty)
  addTargetOptions(command, '--for')
  addFollowUpOptions(command).action(discard)
}

async function discard(options: DiscardOptions): Promise<void> {
  const { reason } = options
  await decide(
    options,
    reason,
    (engine, target) => engine.call(quarantineMethods.discard, { target, reason }),
    (done) => decidedText('discarded', done),
  )
}
