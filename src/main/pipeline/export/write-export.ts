import { join } from 'node:path'
import type { Column } from '../../kernel/column-type.ts'
import { discardAside, openAside, publishAside, type AsideFile } from './aside-file.ts'
import { exportError } from './export-error.ts'
import { writeCsv } from './write-csv.ts'
import { writeParquet } from './write-parquet.ts'
import { writeXlsx } from './write-xlsx.ts'

export type ExportFileFormat = 'csv' | 'parquet' | 'xlsx'

export interface ExportRequest {
  /** Made where it does not exist. */
  readonly folder: string
  /** The file's name without its ending. */
  readonly name: string
  readonly columns: readonly Column[]
  /** Inside values in the order of `columns`; read once, as they come. */
  readonly rows: Iterable<readonly unknown[]>
  readonly format: ExportFileFormat
}

export interface WrittenExport {
  readonly path: string
  readonly rows: number
  readonly bytes: number
}

const writers = { csv: writeCsv, parquet: writeParquet, xlsx: writeXlsx }

/** Writes a table to NAME.csv, NAME.parquet or NAME.xlsx: whole or not at all, in constant memory, the same bytes for the same rows. */
export function writeExport({ folder, name, columns, rows, format }: ExportRequest): WrittenExport {
  const path = join(folder, `${name}.${format}`)
  let file: AsideFile | null = null
  try {
    file = openAside(path)
    const count = writers[format](file, columns, rows)
    publishAside(file)
    return { path, rows: count, bytes: file.bytes }
  } catch (error) {
    if (file !== null) discardAside(file)
    throw exportError(error, path)
  }
}
