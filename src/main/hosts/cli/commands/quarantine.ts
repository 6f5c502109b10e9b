import type { Command } from 'commander'
import type { OutputOf } from '#protocol/method'
import type { QuarantineFilter, QuarantineReason, QuarantineRow } from '#features/quarantine'
import { quarantineMethods } from '#features/quarantine'
import type { Transport } from '../../../protocol/transport.ts'
import { withEngine } from '../with-engine.ts'
import { collect, nonEmpty, wholeNumber } from '../options.ts'
import { count } from '../output/numbers.ts'
import { printJson, printNotice, printResult } from '../output/print.ts'
import { printable } from '../output/printable.ts'
import { renderTable, section } from '../output/table.ts'
import { addWorkspaceOptions } from '../workspace-options.ts'
import type { WorkspaceOptions } from '../workspace-options.ts'

/** As many rows as the engine gives at once. */
const pageSize = 1000

interface ListOptions extends WorkspaceOptions {
  readonly source: readonly string[]
  readonly reason: readonly string[]
  readonly file: readonly string[]
  readonly text?: string
  readonly limit: number
}

/** Adds `assay quarantine`: the rows that were held back. */
export function addQuarantineCommand(program: Command): void {
  const quarantine = program.command('quarantine').description('the rows that were held back')
  addWorkspaceOptions(quarantine.command('list').description('rows held back; the same option twice means either'))
    .option('--source <name>', 'of this source', collect, [])
    .option('--reason <field: rule>', 'for this reason', collect, [])
    .option('--file <name>', 'from this feed file', collect, [])
    .option('--text <text>', 'with this text in the record or its row id', nonEmpty)
    .option('--limit <n>', 'at most this many', wholeNumber(1, Number.MAX_SAFE_INTEGER), 100)
    .action(listRows)
  addWorkspaceOptions(quarantine.command('show').description('one row with all its reasons and its text as delivered'))
    .argument('<id>', 'id of the row, as the list shows it', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .action(showRow)
}

async function listRows(options: ListOptions): Promise<void> {
  const { rows, total } = await withEngine(options, (engine) => readRows(engine, filterOf(options), options.limit))
  if (options.json) return printJson({ rows, total })
  if (rows.length === 0) return printResult('No rows are held back.')
  printResult(
    renderTable(
      [{ title: 'id', align: 'right' }, { title: 'source' }, { title: 'row' }, { title: 'reasons' }],
      rows.map(cells),
    ),
  )
  if (rows.length < total) printNotice(`${count(rows.length)} of ${count(total)} rows; --limit shows more.`)
}

async function readRows(
  engine: Transport,
  filter: QuarantineFilter,
  limit: number,
): Promise<OutputOf<typeof quarantineMethods.list>> {
  const rows: QuarantineRow[] = []
  for (;;) {
    const page = await engine.call(quarantineMethods.list, {
      filter,
      offset: rows.length,
      limit: Math.min(pageSize, limit - rows.length),
    })
    rows.push(...page.rows)
    if (page.rows.length === 0 || rows.length >= Math.min(limit, page.total)) return { rows, total: page.total }
  }
}

function filterOf({ source, reason, file, text }: ListOptions): QuarantineFilter {
  return {
    ...(source.length > 0 && { source: [...source] }),
    ...(reason.length > 0 && { reason: [...reason] }),
    ...(file.length > 0 && { file: [...file] }),
    ...(text !== undefined && { text }),
  }
}

async function showRow(id: number, options: WorkspaceOptions): Promise<void> {
  const row = await withEngine(options, (engine) => engine.call(quarantineMethods.show, { id }))
  if (options.json) return printJson(row)
  const where = `${row.file} line ${row.line}, byte ${row.byte_offset}, ${row.encoding}`
  printResult(
    [
      printable(`Row ${row.id} of ${row.source}, ${row.state}: ${where}`),
      `First seen by run ${row.first_run}, last by run ${row.last_run}, ${count(row.times_seen)} in all`,
      ...section(
        'Reasons',
        [{ title: 'field' }, { title: 'rule' }, { title: 'severity' }, { title: 'as delivered' }, { title: 'why' }],
        row.reasons.map((reason) => [
          reason.field,
          reason.rule,
          reason.severity,
          reason.raw_value ?? '',
          reason.message,
        ]),
      ),
      ...section(
        'Record',
        [{ title: 'column' }, { title: 'as delivered' }],
        Object.entries(row.cells).map(([name, cell]) => [name, cell ?? '']),
      ),
      '',
      printable(row.raw),
    ].join('\n'),
  )
}

function cells(row: QuarantineRow): readonly string[] {
  return [String(row.id), row.source, row.row_id, row.reasons.map(shortReason).join('; ')]
}

function shortReason({ field, rule }: QuarantineReason): string {
  return `${field}: ${rule}`
}
