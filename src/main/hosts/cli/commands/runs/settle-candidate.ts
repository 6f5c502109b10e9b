import type { Command } from 'commander'
import { runsMethods } from '#features/runs'
import { nonEmpty, wholeNumber } from '../../options.ts'
import { printJson, printResult } from '../../output/print.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import type { WorkspaceOptions } from '../../workspace-options.ts'

/** Adds `assay runs release` and `assay runs discard`: what becomes of a run that a check blocked. */
export function addSettleCandidateCommands(runs: Command): void {
  addRequiredWorkspaceOptions(
    runs.command('release').description('publish a run that a check blocked; the reason is recorded'),
  )
    .argument('<run>', 'number of the run', wholeNumber(1, 1e15))
    .requiredOption('--reason <text>', 'why it may be published all the same', nonEmpty)
    .action(release)
  addRequiredWorkspaceOptions(
    runs.command('discard').description('take back what a run that a check blocked left aside'),
  )
    .argument('<run>', 'number of the run', wholeNumber(1, 1e15))
    .action(discard)
}

async function release(runId: number, options: WorkspaceOptions & { readonly reason: string }): Promise<void> {
  const shown = await withEngine(options, (engine) =>
    engine.call(runsMethods.release, { run_id: runId, reason: options.reason }),
  )
  if (options.json) printJson(shown)
  else printResult(`Run ${runId} is published. Write its exports with: assay export --out FOLDER`)
}

async function discard(runId: number, options: WorkspaceOptions): Promise<void> {
  const shown = await withEngine(options, (engine) => engine.call(runsMethods.discard, { run_id: runId }))
  if (options.json) printJson(shown)
  else printResult(`Run ${runId} was taken back. Readers and exports see what they saw before.`)
}
