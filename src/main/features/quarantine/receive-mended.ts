import { readFileSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { OutputOf } from '#protocol/method'
import { AppError } from '../../kernel/app-error.ts'
import { compareMended } from './compare-mended.ts'
import { correcting } from './correct-rows.ts'
import { decide } from './decide.ts'
import type { Desk } from './desk.ts'
import { changeCell, type EditCells } from './edit-cells.ts'
import { previewEdit } from './preview-edit.ts'
import type { quarantineMethods } from './protocol.ts'
import { readMendedFile } from './read-mended-file.ts'
import type { FilesPlace } from './sent-columns.ts'

export interface MendedRequest {
  readonly name: string
  /** In base64; else the file lies at `path`. */
  readonly content?: string | undefined
  readonly path?: string | undefined
  readonly preview: boolean
  readonly reason: string
}

type Received = OutputOf<typeof quarantineMethods.receive>

const mostBytes = 256 * 1024 * 1024
/** More told rows than anyone reads are only counted. */
const mostTold = 1000

/** Takes what a source mended as corrections, one operation for the whole file; `preview` changes nothing. */
export async function receiveMended(desk: Desk, place: FilesPlace, request: MendedRequest): Promise<Received> {
  const name = basename(request.name.replaceAll('\\', '/'))
  const { matched, edits, told } = compareMended(desk, readMendedFile(name, readBytes(request), place))
  const target = { ids: [...edits.keys()] }
  const editCells: EditCells = (record, judged) =>
    Object.entries(edits.get(record.arrival) ?? {}).flatMap(([field, text]) =>
      changeCell(desk, record, judged, field, () => text),
    )
  const { changed, become_valid, still_wrong, sample } = await previewEdit(desk, target, editCells)
  const received = {
    rows: matched + told.length,
    matched,
    changed,
    become_valid,
    still_wrong,
    unknown: told.slice(0, mostTold),
    sample,
    operation_id: null,
  }
  if (request.preview || changed === 0) return received
  const operation = { kind: 'correct', what: `Took the mended file ${name}`, reason: request.reason } as const
  const decided = await decide(desk, target, operation, correcting(desk, editCells))
  return { ...received, operation_id: decided.operation_id }
}

function readBytes({ name, content, path }: MendedRequest): Buffer {
  if (content !== undefined && path === undefined) return Buffer.from(content, 'base64')
  if (path === undefined || content !== undefined)
    throw new AppError('USAGE', `The mended file ${name} has to come as its content or by its path, one of them.`, {
      saved: 'Nothing was changed.',
      hint: 'Choose the file again.',
    })
  const place = { file: resolve(path) }
  try {
    if (statSync(place.file).size <= mostBytes) return readFileSync(place.file)
  } catch (error) {
    throw new AppError(
      'INPUT_INVALID',
      `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      {
        place,
        saved: 'Nothing was changed.',
        hint: 'Check its path and your right to read it.',
        cause: error,
      },
    )
  }
  throw new AppError('INPUT_INVALID', `${name} is larger than ${mostBytes / 1024 / 1024} MB.`, {
    place,
    saved: 'Nothing was changed.',
    hint: 'Import it in several files.',
  })
}
