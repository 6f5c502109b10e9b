import type { Command } from 'commander'
import { differenceClasses, type DifferenceClass } from '#features/rowdiff'
import { AppError } from '../../../kernel/app-error.ts'
import { nonEmpty, wholeNumber } from '../options.ts'
import { withEngine } from '../with-engine.ts'
import { addWorkspaceOptions, type WorkspaceOptions } from '../workspace-options.ts'
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
    program.command('compare').description('what is different between two runs, row by row'),
  )
  command
    .argument('<run-a>', 'number of the run before; those that there are: assay runs list', run)
    .argument('<run-b>', 'number of the run after', run)
    .option('--model <name>', 'model, source or enrichment whose rows are compared', nonEmpty)
    .option('--rows', 'compare row by row')
    .addOption(command.createOption('--class <class>', 'only rows of this class').choices(differenceClasses))
    .option('--column <name>', 'only rows in which this column changed', nonEmpty)
    .option('--limit <n>', 'how many rows are printed', wholeNumber(1, 1_000_000), 20)
    .option('--out <file>', 'also write all of them to a file, .csv or .xlsx, a line for each cell', nonEmpty)
    .action(compare)
}

async function compare(runA: number, runB: number, options: CompareOptions): Promise<void> {
  const { model, rows } = options
  if (model === undefined || rows === undefined)
    throw new AppError('USAGE', 'Name a model with --model NAME --rows.', { saved: 'Nothing was changed.' })
  await withEngine(options, (engine) => printRowComparison(engine, { ...options, model, runA, runB }))
}
