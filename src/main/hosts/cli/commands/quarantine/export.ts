import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import { quarantineMethods } from '#features/quarantine'
import { nonEmpty } from '../../options.ts'
import { count } from '../../output/numbers.ts'
import { printJson, printResult } from '../../output/print.ts'
import { renderTable } from '../../output/table.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import type { WorkspaceOptions } from '../../workspace-options.ts'
import { addTargetOptions, requireRows } from './target-options.ts'
import type { TargetOptions } from './target-options.ts'

interface ExportOptions extends WorkspaceOptions, TargetOptions {
  readonly out?: string
  readonly format: 'csv' | 'xlsx'
}

/** Adds `assay quarantine export`. */
export function addExportCommand(quarantine: Command): void {
  const command = addRequiredWorkspaceOptions(
    quarantine
      .command('export')
      .description('write open rows in the form of their feed with the reasons beside, for their source to mend'),
  )
    .option('--out <dir>', 'folder to write to; the exports of the workspace when none is named', nonEmpty)
    .addOption(new Option('--format <format>', 'form of the files').choices(['csv', 'xlsx']).default('xlsx'))
  addTargetOptions(command, '--reason').action(sendBack)
}

async function sendBack(options: ExportOptions): Promise<void> {
  const { format, out } = options
  const target = requireRows(options)
  const document = await withEngine(options, (engine) =>
    engine.call(quarantineMethods.sendBack, { target, format, ...(out !== undefined && { out: resolve(out) }) }),
  )
  if (options.json) return printJson(document)
  printResult(
    renderTable(
      [{ title: 'file' }, { title: 'source' }, { title: 'rows', align: 'right' }],
      document.files.map((file) => [file.path, file.source, count(file.rows)]),
    ),
  )
}
