import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import type { OutputOf } from '#protocol/method'
import { quarantineMethods, rowState } from '#features/quarantine'
import type { Transport } from '../../../../protocol/transport.ts'
import { AppError } from '../../../../kernel/app-error.ts'
import { nonEmpty } from '../../options.ts'
import { printJson, printResult } from '../../output/print.ts'
import { section } from '../../output/table.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import { changeLines } from './change-lines.ts'
import { addFollowUpOptions, finishOperation, refusePreviewOfReplay } from './finish-operation.ts'
import type { FollowUpOptions } from './finish-operation.ts'
import { rowsThatMatch } from './read-pages.ts'

interface ImportOptions extends FollowUpOptions {
  readonly reason?: string
  readonly preview?: true
}

type Received = OutputOf<typeof quarantineMethods.receive>

/** Adds `assay quarantine import`. */
export function addImportCommand(quarantine: Command): void {
  const command = addRequiredWorkspaceOptions(
    quarantine.command('import').description('take a mended file as corrections of the rows that were sent'),
  )
    .argument('<file>', 'the mended file, CSV or XLSX', nonEmpty)
    .option('--reason <text>', 'why, for the history')
    .option('--preview', 'show what would change, and change nothing')
  addFollowUpOptions(command).action(receive)
}

async function receive(file: string, options: ImportOptions): Promise<void> {
  refusePreviewOfReplay(options)
  requireFile(file)
  const { received, records } = await withEngine(options, async (engine) => {
    const answer = await engine.call(quarantineMethods.receive, {
      name: basename(file),
      path: resolve(file),
      preview: options.preview ?? false,
      ...(options.reason !== undefined && { reason: options.reason }),
    })
    const id = answer.operation_id
    return { received: answer, records: id === null ? [] : await rowsOfOperation(engine, id) }
  })
  const { operation_id: id } = received
  if (id !== null)
    return finishOperation(options, { document: { ...received, operation_id: id }, text: textOf(received), records })
  if (options.json) printJson(received)
  else printResult(textOf(received))
}

function requireFile(file: string): void {
  if (existsSync(file)) return
  throw new AppError('INPUT_INVALID', 'There is no such file.', {
    place: { file: resolve(file) },
    saved: 'Nothing was changed.',
    hint: 'Name a file that was written by assay quarantine export and mended.',
  })
}

async function rowsOfOperation(engine: Transport, operation: number): Promise<readonly number[]> {
  const rows = await rowsThatMatch(engine, { state: [...rowState.options], waiting: true })
  return rows
    .filter(({ corrections }) => corrections.some((made) => made.operation_id === operation))
    .map(({ id }) => id)
}

function textOf(received: Received): string {
  const { operation_id: id, unknown } = received
  const [first = '', ...others] = changeLines(received, id === null ? 'would change' : 'changed')
  return [
    `${id === null ? '' : `Operation ${id}: `}${first}`,
    ...others,
    ...section(
      'Nothing was taken of',
      [{ title: 'line', align: 'right' }, { title: 'why' }],
      unknown.map(({ line, why }) => [String(line), why]),
    ),
  ].join('\n')
}
