import type { Column } from '../../kernel/column-type.ts'
import { formatCell } from '../../kernel/format-value.ts'
import { writeExport, type WrittenExport } from '../export/write-export.ts'
import type { ComparisonQuestion, ComparisonTask } from './comparison-task.ts'
import type { DifferenceReader } from './read-differences.ts'

/** Writes the differences to a file, a line for each cell: class, key, column, old and new value; of a row on one side all cells. */
export function writeDifferences(
  reader: DifferenceReader,
  { key, columns }: ComparisonTask,
  { filter, folder, name, format }: Extract<ComparisonQuestion, { kind: 'write' }>,
): WrittenExport {
  const text = (column: string): Column => ({ name: column, type: 'text' })
  function* lines() {
    for (const difference of reader.all(filter)) {
      const named = key.map(({ type }, place) => formatCell(type, difference.key[place] ?? null))
      const places = difference.class === 'changed' ? difference.changed : columns.keys()
      const cell = (values: readonly unknown[] | null, place: number) =>
        formatCell(columns[place]?.type ?? 'text', values?.[place] ?? null)
      // A row that is all key has no cell beside it, and is still one that was added or removed.
      if (columns.length === 0) yield [difference.class, ...named, null, null, null]
      for (const place of places)
        yield [
          difference.class,
          ...named,
          columns[place]?.name ?? null,
          cell(difference.before, place),
          cell(difference.after, place),
        ]
    }
  }
  const columnsOfFile = [
    text('class'),
    ...key.map((column) => text(column.name)),
    text('column'),
    text('old'),
    text('new'),
  ]
  return writeExport({ folder, name, columns: columnsOfFile, rows: lines(), format })
}
