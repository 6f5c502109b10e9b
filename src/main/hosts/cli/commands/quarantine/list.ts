import type { Command } from 'commander'
import type { QuarantineRow } from '#features/quarantine'
import { quarantineMethods } from '#features/quarantine'
import { wholeNumber } from '../../options.ts'
import { count } from '../../output/numbers.ts'
import { printJson, printNotice, printResult } from '../../output/print.ts'
import { renderTable } from '../../output/table.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import type { WorkspaceOptions } from '../../workspace-options.ts'
import { addFilterOptions, filterOf } from './filter-options.ts'
import type { FilterOptions } from './filter-options.ts'
import { readPages } from './read-pages.ts'

type ListOptions = WorkspaceOptions & FilterOptions & { readonly limit: number }

/** Adds `assay quarantine list`. */
export function addListCommand(quarantine: Command): void {
  const command = addRequiredWorkspaceOptions(
    quarantine.command('list').description('rows held back; the same option twice means either'),
  )
  addFilterOptions(command)
    .option('--limit <n>', 'at most this many', wholeNumber(1, Number.MAX_SAFE_INTEGER), 100)
    .action(listRows)
}

async function listRows(options: ListOptions): Promise<void> {
  const filter = filterOf(options)
  const { items, last } = await withEngine(options, (engine) =>
    readPages(
      options.limit,
      (page) => engine.call(quarantineMethods.list, { filter, ...page }),
      ({ rows }) => rows,
    ),
  )
  if (options.json) return printJson({ rows: items, total: last.total })
  if (items.length === 0) return printResult('No rows are held back.')
  printResult(renderTable(columns, items.map(cells)))
  if (items.length < last.total) printNotice(`${count(items.length)} of ${count(last.total)} rows; --limit shows more.`)
}

const columns = [
  { title: 'id', align: 'right' },
  { title: 'source' },
  { title: 'row' },
  { title: 'company' },
  { title: 'state' },
  { title: 'reasons' },
] as const

function cells(row: QuarantineRow): readonly string[] {
  const reasons = row.reasons.map(({ field, rule }) => `${field}: ${rule}`)
  const state = row.is_waiting ? `${row.state}, waits` : row.state
  return [String(row.id), row.source, row.row_id, row.company ?? '', state, reasons.join('; ')]
}
