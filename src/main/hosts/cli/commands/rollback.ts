import type { Command } from 'commander'
import { runsMethods } from '#features/runs'
import { wholeNumber } from '../options.ts'
import { printJson, printResult } from '../output/print.ts'
import { withEngine } from '../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../workspace-options.ts'
import type { WorkspaceOptions } from '../workspace-options.ts'

/** Adds `assay rollback`: readers are given an earlier run again. */
export function addRollbackCommand(program: Command): void {
  addRequiredWorkspaceOptions(
    program
      .command('rollback')
      .description('give readers an earlier published run again, or forth to a later one until another is published'),
  )
    .argument('<run>', 'number of the run; those that there are: assay runs list', wholeNumber(1, 1e15))
    .option('--reason <text>', 'why, for whoever reads the list of runs', '')
    .action(rollBack)
}

async function rollBack(runId: number, options: WorkspaceOptions & { readonly reason: string }): Promise<void> {
  const shown = await withEngine(options, (engine) =>
    engine.call(runsMethods.rollback, { run_id: runId, reason: options.reason }),
  )
  if (options.json) printJson(shown)
  else if (shown.previous_run === shown.run_id) printResult(`Readers and exports see run ${runId} already.`)
  else printResult(`Readers and exports see run ${runId} now; before they saw run ${shown.previous_run}.`)
}
