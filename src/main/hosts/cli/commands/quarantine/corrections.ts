import type { Command } from 'commander'
import type { Correction } from '#features/quarantine'
import { quarantineMethods } from '#features/quarantine'
import { collectOneOf, wholeNumber } from '../../options.ts'
import { count } from '../../output/numbers.ts'
import { printJson, printNotice, printResult } from '../../output/print.ts'
import { renderTable } from '../../output/table.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import type { WorkspaceOptions } from '../../workspace-options.ts'
import { readPages } from './read-pages.ts'

interface CorrectionsOptions extends WorkspaceOptions {
  readonly status?: readonly Correction['status'][]
  readonly limit: number
}

const statuses = ['waiting', 'applied', 'retired', 'conflict', 'undone'] as const satisfies Correction['status'][]

/** Adds `assay quarantine corrections`. */
export function addCorrectionsCommand(quarantine: Command): void {
  addRequiredWorkspaceOptions(
    quarantine
      .command('corrections')
      .description('the corrections, and how they stand against what the source delivers'),
  )
    .option('--status <status>', `that stand so: ${statuses.join(', ')}`, collectOneOf(statuses))
    .option('--limit <n>', 'at most this many', wholeNumber(1, Number.MAX_SAFE_INTEGER), 100)
    .action(listCorrections)
}

async function listCorrections(options: CorrectionsOptions): Promise<void> {
  const status = options.status && { status: [...options.status] }
  const { items, last } = await withEngine(options, (engine) =>
    readPages(
      options.limit,
      (page) => engine.call(quarantineMethods.corrections, { ...status, ...page }),
      ({ corrections }) => corrections,
    ),
  )
  if (options.json) return printJson({ corrections: items, total: last.total, conflicts: last.conflicts })
  printResult(items.length === 0 ? 'There are no corrections.' : renderTable(columns, items.map(cells)))
  if (items.length < last.total)
    printNotice(`${count(items.length)} of ${count(last.total)} corrections; --limit shows more.`)
  if (last.conflicts > 0)
    printNotice(
      `${count(last.conflicts)} in conflict; settle each: assay quarantine resolve ID --keep correction|source.`,
    )
}

const columns = [
  { title: 'id', align: 'right' },
  { title: 'status' },
  { title: 'source' },
  { title: 'record' },
  { title: 'field' },
  { title: 'made for' },
  { title: 'corrected' },
  { title: 'delivered now' },
  { title: 'who' },
  { title: 'operation', align: 'right' },
] as const

function cells(correction: Correction): readonly string[] {
  const { id, status, source, identity, field, raw_value, new_value, delivered_value, who, operation_id } = correction
  const texts = [status, source, identity, field, raw_value ?? '', new_value, delivered_value ?? '', who]
  return [String(id), ...texts, String(operation_id)]
}
