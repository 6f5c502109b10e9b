import type { Command } from 'commander'
import type { CellEdit } from '#features/quarantine'
import { quarantineMethods } from '#features/quarantine'
import { printJson, printResult } from '../../output/print.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import { changeLines } from './change-lines.ts'
import { decide } from './decide.ts'
import { decidedText } from './decided-text.ts'
import { addEditOptions, editOf } from './edit-options.ts'
import type { EditOptions } from './edit-options.ts'
import { addFollowUpOptions, refusePreviewOfReplay } from './finish-operation.ts'
import type { FollowUpOptions } from './finish-operation.ts'
import { addTargetOptions, requireRows } from './target-options.ts'
import type { TargetOptions } from './target-options.ts'

interface FixOptions extends EditOptions, Omit<TargetOptions, 'reason' | 'field'>, FollowUpOptions {
  readonly reason?: string
  readonly preview?: true
}

/** Adds `assay quarantine fix`. */
export function addFixCommand(quarantine: Command): void {
  const command = addRequiredWorkspaceOptions(
    quarantine
      .command('fix')
      .description('correct cells of rows; the corrections outlive redelivery and can be undone'),
  )
  addEditOptions(command)
  addTargetOptions(command, '--for')
    .option('--reason <text>', 'why, for the history')
    .option('--preview', 'show what would change, and change nothing')
  addFollowUpOptions(command).action(fix)
}

async function fix(options: FixOptions): Promise<void> {
  const rows = rowsOf(options)
  const edit = editOf(options, requireRows(rows))
  if (options.preview) return preview(options, edit)
  const { reason } = options
  await decide(
    rows,
    reason,
    (engine, target) =>
      engine.call(quarantineMethods.correct, { target, edit, ...(reason !== undefined && { reason }) }),
    (done) => decidedText('corrected', done),
  )
}

/** With `--accept-suggestions` beside ids `--field` is no filter: it says whose suggestions are taken. */
function rowsOf(options: FixOptions): FixOptions {
  const isOfSuggestions = options.acceptSuggestions !== undefined && options.id !== undefined
  if (!isOfSuggestions) return options
  const { field: _field, ...rows } = options
  return rows
}

async function preview(options: FixOptions, edit: CellEdit): Promise<void> {
  refusePreviewOfReplay(options)
  const target = requireRows(rowsOf(options))
  const shown = await withEngine(options, (engine) => engine.call(quarantineMethods.preview, { target, edit }))
  if (options.json) printJson(shown)
  else printResult(changeLines(shown, 'would change').join('\n'))
}
