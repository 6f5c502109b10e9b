import type { Command } from 'commander'
import type { QuarantineOperation } from '#features/quarantine'
import { quarantineMethods } from '#features/quarantine'
import { wholeNumber } from '../../options.ts'
import { count } from '../../output/numbers.ts'
import { printJson, printNotice, printResult } from '../../output/print.ts'
import { renderTable } from '../../output/table.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import type { WorkspaceOptions } from '../../workspace-options.ts'
import { readPages } from './read-pages.ts'

/** Adds `assay quarantine history`. */
export function addHistoryCommand(quarantine: Command): void {
  addRequiredWorkspaceOptions(quarantine.command('history').description('what people did, newest first'))
    .option('--limit <n>', 'at most this many', wholeNumber(1, Number.MAX_SAFE_INTEGER), 100)
    .action(showHistory)
}

async function showHistory(options: WorkspaceOptions & { readonly limit: number }): Promise<void> {
  const { items, last } = await withEngine(options, (engine) =>
    readPages(
      options.limit,
      (page) => engine.call(quarantineMethods.operations, page),
      ({ operations }) => operations,
    ),
  )
  if (options.json) return printJson({ operations: items, total: last.total })
  if (items.length === 0) return printResult('Nothing was done yet.')
  printResult(renderTable(columns, items.map(cells)))
  if (items.length < last.total)
    printNotice(`${count(items.length)} of ${count(last.total)} operations; --limit shows more.`)
}

const columns = [
  { title: 'operation', align: 'right' },
  { title: 'at' },
  { title: 'who' },
  { title: 'what' },
  { title: 'rows', align: 'right' },
  { title: 'why' },
  { title: 'stands' },
] as const

function cells(operation: QuarantineOperation): readonly string[] {
  const { operation_id: id, at, who, what, rows, reason } = operation
  return [String(id), at, who, what, count(rows), reason, standing(operation)]
}

function standing({ undone_by, is_waiting }: QuarantineOperation): string {
  const state = undone_by === null ? 'in force' : `undone by ${undone_by}`
  return is_waiting ? `${state}, waits for a replay` : state
}
