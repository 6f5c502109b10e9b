import type { Command } from 'commander'
import type { RowTarget } from '#features/quarantine'
import { AppError } from '../../../../kernel/app-error.ts'
import { collectNumbers } from '../../options.ts'
import { addFilterOptions, filterOf } from './filter-options.ts'
import type { FilterOptions } from './filter-options.ts'

/** Which rows an action is about. */
export interface TargetOptions extends FilterOptions {
  readonly id?: readonly number[]
  readonly all?: true
}

/** Adds `--id`, `--all` and the filters. */
export function addTargetOptions(command: Command, reasonOption: '--reason' | '--for'): Command {
  command
    .option('--id <n>', 'this row, by its id in the list; give it again for more', collectNumbers)
    .option('--all', 'all that match the filters; without filters, every row')
  return addFilterOptions(command, reasonOption)
}

/** The rows that were named by id or filter; null where none were. */
export function chosenRows(options: TargetOptions): RowTarget | null {
  const filter = filterOf(options)
  const isFiltered = Object.keys(filter).length > 0
  if (options.id === undefined) return isFiltered ? { filter } : null
  if (!isFiltered && !options.all) return { ids: [...new Set(options.id)] }
  throw new AppError('USAGE', '--id names the rows itself; filters and --all do not go with it.', {
    saved: 'Nothing was changed.',
    hint: 'Give either ids or filters.',
  })
}

/** The same for an action that changes rows: whoever means every row has to say so. */
export function requireRows(options: TargetOptions): RowTarget {
  const chosen = chosenRows(options)
  if (chosen !== null) return chosen
  if (options.all) return { filter: {} }
  throw new AppError('USAGE', 'It is not said which rows: give a filter, an --id, or --all for every row.', {
    saved: 'Nothing was changed.',
    hint: 'See the filters with --help; assay quarantine list with the same ones shows the rows.',
  })
}
