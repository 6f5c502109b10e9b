import type { Command } from 'commander'
import { Option } from 'commander'
import { quarantineMethods } from '#features/quarantine'
import { wholeNumber } from '../../options.ts'
import { printJson, printResult } from '../../output/print.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import type { WorkspaceOptions } from '../../workspace-options.ts'

type ResolveOptions = WorkspaceOptions & { readonly keep: 'correction' | 'source' }

/** Adds `assay quarantine resolve`. */
export function addResolveCommand(quarantine: Command): void {
  addRequiredWorkspaceOptions(
    quarantine
      .command('resolve')
      .description('settle a conflict between a correction and what the source delivers now'),
  )
    .argument('<id>', 'id of the correction', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .addOption(
      new Option('--keep <which>', 'the correction holds for the new value too, or the source is right')
        .choices(['correction', 'source'])
        .makeOptionMandatory(),
    )
    .action(resolveConflict)
}

async function resolveConflict(id: number, options: ResolveOptions): Promise<void> {
  const { keep } = options
  const settled = await withEngine(options, (engine) => engine.call(quarantineMethods.resolve, { id, keep }))
  if (options.json) return printJson(settled)
  printResult(`Operation ${settled.operation_id}: the ${keep} is kept; the row waits for a replay`)
}
