import type { Command } from 'commander'
import type { OutputOf } from '#protocol/method'
import { incidentMethods, mostLimitedRows } from '#features/incident'
import { AppError } from '../../../kernel/app-error.ts'
import { collect, nonEmpty, wholeNumber } from '../options.ts'
import { count } from '../output/numbers.ts'
import { printJson, printNotice, printResult } from '../output/print.ts'
import { renderTable } from '../output/table.ts'
import { withEngine } from '../with-engine.ts'
import { addRequiredWorkspaceOptions, type WorkspaceOptions } from '../workspace-options.ts'

interface SetOptions extends WorkspaceOptions {
  readonly maxRows?: number
  readonly withoutCompany?: readonly string[]
  readonly reason?: string
}

/** Adds `assay limits`: how much of a source is taken in. */
export function addLimitsCommand(program: Command): void {
  const limits = program
    .command('limits')
    .description('how much of a source the next runs take in; other rows are held')
  addRequiredWorkspaceOptions(limits.command('list').description('the limits in force')).action(listLimits)
  addRequiredWorkspaceOptions(limits.command('set').description('limit a source, in place of its limit so far'))
    .argument('<source>', 'name of the source', nonEmpty)
    .option(
      '--max-rows <n>',
      'rows that a run takes in, in the order of delivery; 0 takes in nothing',
      wholeNumber(0, mostLimitedRows),
    )
    .option('--without-company <id...>', 'a company whose rows are held back; may be given several times', collect)
    .option('--reason <text>', 'why', nonEmpty)
    .action(setLimit)
  addRequiredWorkspaceOptions(
    limits.command('clear').description('lift the limit of a source; the next run takes the held rows in'),
  )
    .argument('<source>', 'name of the source', nonEmpty)
    .option('--reason <text>', 'why', nonEmpty)
    .action(clearLimit)
}

async function listLimits(options: WorkspaceOptions): Promise<void> {
  print(options, await withEngine(options, (engine) => engine.call(incidentMethods.limits, {})))
}

async function setLimit(source: string, options: SetOptions): Promise<void> {
  const { maxRows = null, withoutCompany: companies = [], reason = '' } = options
  if (maxRows === null && companies.length === 0)
    throw new AppError('USAGE', 'The command does not say what to limit.', {
      saved: 'Nothing was changed.',
      hint: 'Give --max-rows or --without-company.',
    })
  const limit = { source, max_rows: maxRows, companies: [...companies], reason }
  const set = await withEngine(options, (engine) => engine.call(incidentMethods.limit, limit))
  print(options, set)
  if (set.unknown_companies.length > 0) printNotice(`No staged row is of ${set.unknown_companies.join(', ')} yet.`)
  if (maxRows === 0) printNotice(`Nothing of ${source} is taken in until the limit is lifted.`)
}

async function clearLimit(source: string, options: WorkspaceOptions & { readonly reason?: string }): Promise<void> {
  const limit = { source, max_rows: null, companies: [], reason: options.reason ?? '' }
  print(options, await withEngine(options, (engine) => engine.call(incidentMethods.limit, limit)))
}

function print(options: WorkspaceOptions, { limits }: OutputOf<typeof incidentMethods.limits>): void {
  if (options.json) return printJson({ limits })
  if (limits.length === 0) return printResult('No source is limited.')
  printResult(
    renderTable(
      [
        { title: 'source' },
        { title: 'rows a run', align: 'right' },
        { title: 'without' },
        { title: 'held now', align: 'right' },
        { title: 'by' },
        { title: 'since' },
        { title: 'reason' },
      ],
      limits.map((limit) => [
        limit.source,
        limit.max_rows === null ? 'all' : count(limit.max_rows),
        limit.companies.join(', '),
        count(limit.held_rows),
        limit.set_by,
        limit.set_at,
        limit.reason,
      ]),
    ),
  )
}
