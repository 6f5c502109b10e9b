import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { Column } from '../../kernel/column-type.ts'
import { appendAside, type AsideFile } from './aside-file.ts'
import { converterOf, parquetSchema } from './parquet-column.ts'

// A row group is what is held in memory at once: so many rows, or fewer where the texts are long.
const groupRows = 8192
const groupCharacters = 32 * 1024 * 1024

/** Writes the rows as Parquet, a row group at a time, the same bytes for the same rows; returns the number of rows. */
export function writeParquet(file: AsideFile, columns: readonly Column[], rows: Iterable<readonly unknown[]>): number {
  const converters = columns.map(converterOf)
  const writer = new ByteWriter()
  // `created_by` names no version, so that an upgrade of Assay alone changes no export.
  const parquet = new ParquetWriter({ writer, schema: parquetSchema(columns), createdBy: 'assay' })
  let group: unknown[][] = columns.map(() => [])
  let rowsInGroup = 0
  let charactersInGroup = 0
  let count = 0

  const drain = (): void => {
    appendAside(file, writer.getBytes())
    writer.index = 0
  }
  const flush = (): void => {
    const columnData = columns.map(({ name, type }, index) => {
      // Least and greatest texts cost a fifth of the time, and would seldom let a reader skip anything.
      return { name, data: group[index]!, statistics: type !== 'text' && type !== 'timestamp' }
    })
    void parquet.write({ columnData, rowGroupSize: groupRows })
    drain()
    group = columns.map(() => [])
    rowsInGroup = 0
    charactersInGroup = 0
  }

  for (const row of rows) {
    for (let index = 0; index < converters.length; index += 1) {
      const value = row[index]
      const converted = value === null ? null : converters[index]!(value)
      if (typeof converted === 'string') charactersInGroup += converted.length
      group[index]!.push(converted)
    }
    rowsInGroup += 1
    count += 1
    if (rowsInGroup === groupRows || charactersInGroup >= groupCharacters) flush()
  }
  if (rowsInGroup > 0) flush()
  void parquet.finish()
  drain()
  return count
}
