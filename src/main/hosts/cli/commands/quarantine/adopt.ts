import type { Command } from 'commander'
import type { OutputOf } from '#protocol/method'
import { quarantineMethods } from '#features/quarantine'
import { nonEmpty, wholeNumber } from '../../options.ts'
import { count } from '../../output/numbers.ts'
import { printJson, printResult } from '../../output/print.ts'
import { printable } from '../../output/printable.ts'
import { section } from '../../output/table.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import type { WorkspaceOptions } from '../../workspace-options.ts'

interface AdoptOptions extends WorkspaceOptions {
  readonly source: string
  readonly field: string
  readonly from: string
  readonly to: string
  readonly preview?: true
  readonly limit: number
}

/** Adds `assay quarantine adopt`. */
export function addAdoptCommand(quarantine: Command): void {
  addRequiredWorkspaceOptions(
    quarantine.command('adopt').description("write a repair rule into the project's contract"),
  )
    .requiredOption('--source <name>', 'the source', nonEmpty)
    .requiredOption('--field <name>', 'its field', nonEmpty)
    .requiredOption('--from <text>', 'the cell as it is delivered')
    .requiredOption('--to <text>', 'what it counts as')
    .option('--preview', 'show every row that the rule would touch, and write nothing')
    .option('--limit <n>', 'with --preview: at most this many rows', wholeNumber(1, 1000), 100)
    .action(adopt)
}

async function adopt(options: AdoptOptions): Promise<void> {
  const { source, field, from, to, limit } = options
  const rule = { source, field, from, to }
  if (options.preview) {
    const shown = await withEngine(options, (engine) => engine.call(quarantineMethods.previewRule, { ...rule, limit }))
    if (options.json) printJson(shown)
    else printResult(previewText(shown))
    return
  }
  const written = await withEngine(options, (engine) => engine.call(quarantineMethods.adoptRule, rule))
  if (options.json) return printJson(written)
  printResult(`The rule is in ${printable(written.path)}, line ${written.line}; a replay brings it to the rows.`)
}

function previewText(shown: OutputOf<typeof quarantineMethods.previewRule>): string {
  return [
    `${count(shown.total)} rows would be touched, ${count(shown.become_valid)} of them held back no more.`,
    `${printable(shown.path)} would get:`,
    ...shown.text.split('\n').map(printable),
    ...section(
      'Rows',
      [
        { title: 'id', align: 'right' },
        { title: 'row' },
        { title: 'state' },
        { title: 'valid' },
        { title: 'still wrong' },
      ],
      shown.rows.map((row) => [
        String(row.id),
        row.row_id,
        row.state,
        row.becomes_valid ? 'yes' : 'no',
        row.reasons.map((reason) => `${reason.field}: ${reason.rule}`).join('; '),
      ]),
    ),
  ].join('\n')
}
