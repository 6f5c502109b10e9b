import type { Column } from '../../kernel/column-type.ts'
import { formatters } from '../../kernel/format-value.ts'
import type { AsideFile } from './aside-file.ts'
import { csvBuffer, flushCsv, putByte, putPlain, putText } from './csv-buffer.ts'

const comma = 0x2c
const lineFeed = 0x0a

/** Writes a header and the rows as RFC 4180 CSV (UTF-8, `\n`, null as the empty cell); returns the number of rows. */
export function writeCsv(file: AsideFile, columns: readonly Column[], rows: Iterable<readonly unknown[]>): number {
  const buffer = csvBuffer(file)
  const cells = columns.map(({ type }) => ({ format: formatters[type], put: type === 'text' ? putText : putPlain }))
  columns.forEach(({ name }, index) => {
    if (index > 0) putByte(buffer, comma)
    putText(buffer, name)
  })
  putByte(buffer, lineFeed)
  let count = 0
  for (const row of rows) {
    for (let index = 0; index < cells.length; index += 1) {
      if (index > 0) putByte(buffer, comma)
      const value = row[index]
      const text = value === null ? '' : cells[index]!.format(value)
      if (text !== '') cells[index]!.put(buffer, text)
      // A lone empty cell is quoted: readers skip an empty line.
      else if (cells.length === 1) putPlain(buffer, '""')
    }
    putByte(buffer, lineFeed)
    count += 1
  }
  flushCsv(buffer)
  return count
}
