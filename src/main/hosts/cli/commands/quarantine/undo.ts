import type { Command } from 'commander'
import { quarantineMethods } from '#features/quarantine'
import { wholeNumber } from '../../options.ts'
import { count } from '../../output/numbers.ts'
import { printable } from '../../output/printable.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import { addFollowUpOptions, finishOperation } from './finish-operation.ts'
import type { FollowUpOptions } from './finish-operation.ts'

/** Adds `assay quarantine undo`. */
export function addUndoCommand(quarantine: Command): void {
  const command = addRequiredWorkspaceOptions(
    quarantine.command('undo').description('take an operation back; undoing an undo brings it back again'),
  ).argument(
    '[operation]',
    'its number, as the history shows it; the latest in force when none is named',
    wholeNumber(1, Number.MAX_SAFE_INTEGER),
  )
  addFollowUpOptions(command).action(undo)
}

async function undo(operation: number | undefined, options: FollowUpOptions): Promise<void> {
  const document = await withEngine(options, (engine) =>
    engine.call(quarantineMethods.undo, operation === undefined ? {} : { operation_id: operation }),
  )
  const { operation_id: id, undone, waiting_ids: records } = document
  const what = `Operation ${id}: undid operation ${undone.operation_id}, "${printable(undone.what)}"`
  const waiting = records.length === 0 ? 'nothing of it waits for a replay' : `${count(records.length)} rows wait`
  await finishOperation(options, { document, text: `${what}; ${waiting}`, records })
}
