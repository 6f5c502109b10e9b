import type { Command } from 'commander'
import { quarantineMethods } from '#features/quarantine'
import { AppError } from '../../../../kernel/app-error.ts'
import { wholeNumber } from '../../options.ts'
import { printJson, printResult } from '../../output/print.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import type { WorkspaceOptions } from '../../workspace-options.ts'
import { cellsOf, collectCells } from './cell-options.ts'
import type { Cell } from './cell-options.ts'
import { judgedLines } from './judged-lines.ts'

interface CheckOptions extends WorkspaceOptions {
  readonly set?: readonly Cell[]
  readonly record?: string
}

/** Adds `assay quarantine check`. */
export function addCheckCommand(quarantine: Command): void {
  addRequiredWorkspaceOptions(
    quarantine.command('check').description('what a row would be with other cells; changes nothing'),
  )
    .argument('<id>', 'id of the row, as the list shows it', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option('--set <field=value>', 'with this cell; give it again for more', collectCells)
    .option('--record <text>', 'with this text in place of the whole record')
    .action(check)
}

async function check(id: number, options: CheckOptions): Promise<void> {
  if (options.record !== undefined && options.set !== undefined)
    throw new AppError('USAGE', '--record is the whole record; --set does not go with it.', {
      saved: 'Nothing was changed.',
      hint: 'Give one of them.',
    })
  const cells = options.record === undefined ? cellsOf(options.set ?? []) : { row: options.record }
  const judged = await withEngine(options, (engine) => engine.call(quarantineMethods.check, { id, cells }))
  if (options.json) return printJson(judged)
  printResult(
    [judged.is_valid ? 'It would be valid.' : 'It would still be held back.', ...judgedLines(judged)].join('\n'),
  )
}
