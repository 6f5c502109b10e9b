import type { Command } from 'commander'
import { compareMethods, type RunLabel } from '#features/compare'
import { wholeNumber } from '../../options.ts'
import { printJson, printResult } from '../../output/print.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions, type WorkspaceOptions } from '../../workspace-options.ts'

const words = ['incident', 'expected', 'new-level', 'clean', 'none'] as const

/** Adds `assay runs label`: what a run teaches those that come after it. */
export function addLabelCommand(runs: Command): void {
  const command = addRequiredWorkspaceOptions(
    runs
      .command('label')
      .description(
        'say what a run teaches: incident and expected teach nothing, new-level begins anew, clean is learned from; none takes the label off',
      ),
  )
  command
    .argument('<run>', 'number of the run', wholeNumber(1, 1e15))
    .addArgument(command.createArgument('<label>', 'what it was').choices(words))
    .option('--reason <text>', 'why, for whoever reads it later', '')
    .action(label)
}

const labels: Readonly<Record<(typeof words)[number], RunLabel | null>> = {
  incident: 'incident',
  expected: 'expected',
  'new-level': 'new_level',
  clean: 'clean',
  none: null,
}

async function label(
  runId: number,
  word: (typeof words)[number],
  options: WorkspaceOptions & { readonly reason: string },
): Promise<void> {
  const given = labels[word]
  const input = { run_id: runId, key: null, label: given, reason: options.reason }
  await withEngine(options, (engine) => engine.call(compareMethods.label, input))
  if (options.json) printJson({ run_id: runId, label: given })
  else printResult(given === null ? `Run ${runId} has no label any more.` : `Run ${runId} is labelled ${word}.`)
}
