import type { Command } from 'commander'
import { differenceClasses, type DifferenceClass } from '#features/rowdiff'
import { AppError } from '../../../kernel/app-error.ts'
import { nonEmpty, wholeNumber } from '../options.ts'
import { withEngine } from '../with-engine.ts'
import { addWorkspaceOptions, type WorkspaceOptions } from '../workspace-options.ts'
import { printOverview } from './compare/overview.ts'
import { printRowComparison } from './compare/rows.ts'

interface CompareOptions extends WorkspaceOptions {
  readonly model?: string
  readonly rows?: true
  readonly class?: DifferenceClass
  readonly column?: string
  readonly limit: number
  readonly out?: string
}

/** Adds `assay compare`: what is different between two runs. */
export function addCompareCommand(program: Command): void {
  const run = wholeNumber(1, 1e15)
  const command = addWorkspaceOptions(
    program.command('compare').description('what differs between two runs, how unusual that is, and row by row'),
  )
  command
    .argument('[run-a]', 'number of the run before; left out, the last two published are compared', run)
    .argument('[run-b]', 'number of the run after; left out, the one that readers see', run)
    .option('--model <name>', 'model, source or enrichment whose rows are compared', nonEmpty)
    .option('--rows', 'compare row by row')
    .addOption(command.createOption('--class <class>', 'only rows of this class').choices(differenceClasses))
    .option('--column <name>', 'only rows in which this column changed', nonEmpty)
    .option('--limit <n>', 'how many differences or rows are printed', wholeNumber(1, 1_000_000), 20)
    .option('--out <file>', 'also write all of them to a file, .csv or .xlsx, a line for each cell', nonEmpty)
    .action(compare)
}

async function compare(runA: number | undefined, runB: number | undefined, options: CompareOptions): Promise<void> {
  const { model, rows } = options
  await withEngine(options, async (engine) => {
    if (model === undefined && rows === undefined) return printOverview(engine, { ...options, runA, runB })
    if (model === undefined || rows === undefined || runA === undefined || runB === undefined)
      throw new AppError(
        'USAGE',
        'To compare row by row name both runs and a model: RUN_A RUN_B --model NAME --rows.',
        {
          saved: 'Nothing was changed.',
        },
      )
    return printRowComparison(engine, { ...options, model, runA, runB })
  })
}
