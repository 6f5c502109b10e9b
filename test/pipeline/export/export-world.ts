import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Column } from '../../../src/main/kernel/column-type.ts'
import { writeExport, type ExportFileFormat } from '../../../src/main/pipeline/export/write-export.ts'

/** A column of every type. */
export const everyType: readonly Column[] = [
  { name: 'words', type: 'text' },
  { name: 'count', type: 'integer' },
  { name: 'is_good', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'instant', type: 'timestamp' },
  { name: 'amount', type: 'money' },
  { name: 'share', type: 'percent' },
]

/** A new folder of its own. */
export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'assay-export-'))
}

/** Exports `rows` into a folder of its own; returns the file's path. */
export function exported(
  columns: readonly Column[],
  rows: Iterable<readonly unknown[]>,
  format: ExportFileFormat = 'csv',
): string {
  return writeExport({ folder: freshFolder(), name: 'table', columns, rows, format }).path
}

/** The CSV text of a table of one text column and a number beside it, so that no row is a lone cell. */
export function csvOf(texts: readonly (string | null)[]): string {
  const columns: Column[] = [
    { name: 'words', type: 'text' },
    { name: 'number', type: 'integer' },
  ]
  return readFileSync(
    exported(
      columns,
      texts.map((text) => [text, -1]),
    ),
    'utf8',
  )
}

/** A plain reader of RFC 4180, written apart from the writer. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      at += 1
      for (;;) {
        const quote = text.indexOf('"', at)
        cell += text.slice(at, quote)
        at = quote + 1
        if (text[at] !== '"') break
        cell += '"'
        at += 1
      }
    } else {
      const start = at
      while (text[at] !== ',' && text[at] !== '\n') at += 1
      cell = text.slice(start, at)
    }
    record.push(cell)
    if (text[at] === '\n') {
      records.push(record)
      record = []
    }
    at += 1
  }
  return records
}
