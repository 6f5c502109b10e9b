import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PeopleFormat } from '../../pipeline/export/people-file.ts'
import { missingColumns } from '../../pipeline/reader/read-csv-header.ts'
import { readFeed } from '../../pipeline/reader/read-feed.ts'
import { rejection } from '../../pipeline/reader/reject-file.ts'
import { headerNames, readXlsx } from '../../pipeline/reader/xlsx/read-xlsx.ts'
import { withStorageErrors } from '../../store/storage-error.ts'
import { besideColumns } from './mended-columns.ts'
import type { FilesPlace } from './sent-columns.ts'

/** A row of a mended file. */
export interface MendedRow {
  readonly line: number
  /** By column; a column that the file does not have is not there. */
  readonly cells: Readonly<Record<string, string | null>>
}

export interface MendedFile {
  readonly format: PeopleFormat
  readonly rows: readonly MendedRow[]
  /** Rows that could not be read. */
  readonly unread: readonly { readonly line: number; readonly why: string }[]
}

/** Reads a mended file, CSV or XLSX by what its bytes say; rejects one that has no column of row tokens. */
export function readMendedFile(name: string, bytes: Buffer, place: FilesPlace): MendedFile {
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return readMendedXlsx(name, bytes)
  if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0])))
    throw rejection(
      { name, path: name },
      'is a workbook of the old form or with a password',
      'Save it as XLSX without a password, or as CSV.',
    )
  return readMendedCsv(name, bytes, place)
}

function readMendedCsv(name: string, bytes: Buffer, { workspaceFolder, maxRecordBytes }: FilesPlace): MendedFile {
  const rows: MendedRow[] = []
  const unread: { line: number; why: string }[] = []
  // The reader of feeds knows encodings, delimiters and quotes; it reads from a file, which holds person data as all in this folder does.
  const path = join(workspaceFolder, `.mended-${process.pid}.csv`)
  const columns = [besideColumns.row]
  // The text of a record stands quoted beside its cells.
  const shape = { columns, required: columns, layout: 'records', maxRecordBytes: maxRecordBytes * 4 } as const
  try {
    withStorageErrors(path, () => writeFileSync(path, bytes, { mode: 0o600 }))
    readFeed({ path, name: csvName(name) }, shape, {
      record: (record) => void rows.push({ line: record.line, cells: record.named() }),
      bad: ({ line, detail }) => void unread.push({ line, why: `This row ${detail}.` }),
    })
  } finally {
    rmSync(path, { force: true })
  }
  return { format: 'csv', rows, unread }
}

/** The reader takes a file for what its name ends in. */
function csvName(name: string): string {
  return /\.(?:json|ndjson|jsonl)$/iu.test(name) ? `${name}.csv` : name
}

function readMendedXlsx(name: string, bytes: Buffer): MendedFile {
  const file = { name, path: name }
  const rows: MendedRow[] = []
  let names: readonly string[] = []
  let sheet: string | null = null
  let isWanted = false
  let seen: readonly string[] = []
  let hasSheet = false
  readXlsx(bytes, file, (row) => {
    if (row.cells.every((cell) => (cell ?? '').trim() === '')) return
    if (row.sheet !== sheet) {
      sheet = row.sheet
      names = headerNames(row.cells)
      isWanted = names.includes(besideColumns.row)
      hasSheet ||= isWanted
      if (seen.length === 0) seen = names
      if (isWanted) rejectTwins(file, names)
      return
    }
    if (!isWanted) return
    const cells = Object.create(null) as Record<string, string | null>
    for (const [column, known] of names.entries()) if (known !== '') cells[known] = row.cells[column] ?? null
    rows.push({ line: row.line, cells })
  })
  if (!hasSheet) throw missingColumns(file, [besideColumns.row], seen, seen)
  return { format: 'xlsx', rows, unread: [] }
}

function rejectTwins(file: { readonly name: string; readonly path: string }, names: readonly string[]): void {
  const twin = names.find((name, index) => name !== '' && names.indexOf(name) !== index)
  if (twin === undefined) return
  throw rejection(file, `has more than one column ${twin}`, 'Leave the header as it was sent.')
}
