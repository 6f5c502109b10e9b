import type { Command } from 'commander'
import { runsMethods } from '#features/runs'
import { nonEmpty, wholeNumber } from '../../options.ts'
import { commandText } from '../../output/command-text.ts'
import { printJson, printResult } from '../../output/print.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import type { WorkspaceOptions } from '../../workspace-options.ts'

/** Adds `assay runs inspect`, `release` and `discard`: what becomes of a run that a check blocked. */
export function addSettleCandidateCommands(runs: Command): void {
  addRequiredWorkspaceOptions(
    runs.command('inspect').description('bring a blocked run back that is set aside, to look at it; publishes nothing'),
  )
    .argument('<run>', 'number of the run', wholeNumber(1, 1e15))
    .action(inspect)
  addRequiredWorkspaceOptions(
    runs.command('release').description('publish a run that a check blocked; the reason is recorded'),
  )
    .argument('<run>', 'number of the run', wholeNumber(1, 1e15))
    .requiredOption('--reason <text>', 'why it may be published all the same', nonEmpty)
    .action(release)
  addRequiredWorkspaceOptions(
    runs.command('discard').description('take back for good what a run that a check blocked left aside'),
  )
    .argument('<run>', 'number of the run', wholeNumber(1, 1e15))
    .option('--reason <text>', 'why', nonEmpty)
    .action(discard)
}

async function inspect(runId: number, options: WorkspaceOptions): Promise<void> {
  const inspected = await withEngine(options, (engine) => engine.call(runsMethods.inspect, { run_id: runId }))
  if (options.json) return printJson(inspected)
  const { previous_candidate: before } = inspected
  const instead = before === null || before === runId ? '' : ` Run ${before} is set aside instead.`
  printResult(`Run ${runId} is the candidate. Readers and exports see what they saw before.${instead}`)
}

async function release(runId: number, options: WorkspaceOptions & { readonly reason: string }): Promise<void> {
  const shown = await withEngine(options, (engine) =>
    engine.call(runsMethods.release, { run_id: runId, reason: options.reason }),
  )
  if (options.json) printJson(shown)
  else printResult(`Run ${runId} is published. Write its exports with: ${commandText('export --out FOLDER', options)}`)
}

async function discard(runId: number, options: WorkspaceOptions & { readonly reason?: string }): Promise<void> {
  const { reason = '' } = options
  const shown = await withEngine(options, (engine) => engine.call(runsMethods.discard, { run_id: runId, reason }))
  if (options.json) printJson(shown)
  else printResult(`Run ${runId} was taken back. Readers and exports see what they saw before.`)
}
