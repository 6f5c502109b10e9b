import type { Command } from 'commander'
import type { OutputOf } from '#protocol/method'
import { quarantineMethods } from '#features/quarantine'
import { wholeNumber } from '../../options.ts'
import { count } from '../../output/numbers.ts'
import { printJson, printResult } from '../../output/print.ts'
import { printable } from '../../output/printable.ts'
import { section } from '../../output/table.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import type { WorkspaceOptions } from '../../workspace-options.ts'
import { judgedLines, reasonLines } from './judged-lines.ts'
import { suggestionLines } from './suggest.ts'

type Shown = OutputOf<typeof quarantineMethods.show>

/** Adds `assay quarantine show`. */
export function addShowCommand(quarantine: Command): void {
  addRequiredWorkspaceOptions(
    quarantine
      .command('show')
      .description('one row: its text as delivered, its reasons, what was decided, its history'),
  )
    .argument('<id>', 'id of the row, as the list shows it', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .action(showRow)
}

async function showRow(id: number, options: WorkspaceOptions): Promise<void> {
  const row = await withEngine(options, (engine) => engine.call(quarantineMethods.show, { id }))
  if (options.json) return printJson(row)
  printResult([...headLines(row), ...decidedLines(row), '', printable(row.raw)].join('\n'))
}

function headLines(row: Shown): readonly string[] {
  const where = `${row.file} line ${row.line}, byte ${row.byte_offset}, ${row.encoding}`
  const state = row.is_waiting ? `${row.state} once it is replayed` : row.state
  return [
    printable(`Row ${row.id} of ${row.source}, ${state}: ${where}`),
    `First seen by run ${row.first_run}, last by run ${row.last_run}, ${count(row.times_seen)} in all`,
    ...reasonLines('Reasons', row.reasons),
    ...section(
      'Record',
      [{ title: 'column' }, { title: 'as delivered' }],
      Object.entries(row.cells).map(([name, cell]) => [name, cell ?? '']),
    ),
  ]
}

function decidedLines(row: Shown): readonly string[] {
  const isDecided = row.corrections.length > 0 || row.waivers.length > 0
  return [
    ...section(
      'Corrections',
      [{ title: 'field' }, { title: 'as delivered' }, { title: 'corrected' }, { title: 'operation', align: 'right' }],
      row.corrections.map((made) => [made.field, made.raw_value ?? '', made.new_value, String(made.operation_id)]),
    ),
    ...section(
      'Waivers',
      [{ title: 'rules' }, { title: 'who' }, { title: 'until' }, { title: 'operation', align: 'right' }],
      row.waivers.map((waiver) => [
        waiver.rules.join('; '),
        waiver.who,
        waiver.expires_on ?? 'for ever',
        String(waiver.operation_id),
      ]),
    ),
    ...(isDecided ? judgedLines(row.now) : []),
    ...suggestionLines(row.suggestions),
    ...section(
      'History',
      [{ title: 'at' }, { title: 'who' }, { title: 'what' }],
      row.history.map(({ at, who, what }) => [at, who, what]),
    ),
  ]
}
