import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { ExportFormat } from '#features/exports'
import { exportFormat, exportsMethods } from '#features/exports'
import { AppError } from '../../../kernel/app-error.ts'
import { withEngine } from '../with-engine.ts'
import { nonEmpty } from '../options.ts'
import { count, size } from '../output/numbers.ts'
import { printJson, printResult } from '../output/print.ts'
import { renderTable } from '../output/table.ts'
import { addWorkspaceOptions } from '../workspace-options.ts'
import type { WorkspaceOptions } from '../workspace-options.ts'

interface ExportOptions extends WorkspaceOptions {
  readonly out: string
  readonly format: ExportFormat
}

/** Adds `assay export`: the published tables as files. */
export function addExportCommand(program: Command): void {
  addWorkspaceOptions(program.command('export').description('write published tables to files'))
    .argument('[name...]', "what to write; all of the project's exports when none is named")
    .requiredOption('--out <dir>', 'folder to write to', nonEmpty)
    .addOption(new Option('--format <format>', 'form of the files').choices(exportFormat.options).default('csv'))
    .action(writeExports)
}

async function writeExports(names: string[], options: ExportOptions): Promise<void> {
  const { files } = await withEngine(options, async (engine) => {
    const known = await engine.call(exportsMethods.names, {})
    const unknown = names.find((name) => !known.includes(name))
    if (unknown !== undefined)
      throw new AppError('USAGE', `There is nothing named ${unknown} to export.`, {
        saved: 'Nothing was written.',
        hint: `There are ${known.join(', ')}.`,
      })
    return engine.call(exportsMethods.write, { names, formats: [options.format], out: resolve(options.out) })
  })
  if (options.json) return printJson({ files })
  printResult(
    renderTable(
      [{ title: 'file' }, { title: 'rows', align: 'right' }, { title: 'size', align: 'right' }],
      files.map((file) => [file.path, count(file.rows), size(file.bytes)]),
    ),
  )
}
