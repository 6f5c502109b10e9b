import type { BadRecord, FeedRecord, FeedShape } from './feed-types.ts'
import { afterLineEnd, skipBlankLines, takeLine, type LineCursor } from './physical-lines.ts'
import { readCsvHeader } from './read-csv-header.ts'
import { tooLong, type Reading, type ReadingResult } from './reading.ts'
import {
  cellText,
  createCsvScan,
  rememberOutcome,
  scanWithin,
  type CsvOutcome,
  type CsvScan,
} from './scan-csv-record.ts'
import { cutText, offsetOf, type TextWindow } from './text-window.ts'

/** Reads a CSV file with a header. */
export function readCsv(reading: Reading): ReadingResult {
  const { window, shape, handlers, longest } = reading
  const cursor: LineCursor = { at: 0, line: 1 }
  const { delimiter, names } = readCsvHeader(reading, cursor)
  const scan = createCsvScan(delimiter, names.length)
  const record = csvRecord(scan, window, names, cursor)
  const header = { delimiter, columns: names }
  const positions = shape.columns.map((column) => names.indexOf(column))
  record.cells.push(...positions.map(() => null))
  let rows = 0

  while (skipBlankLines(window, cursor, longest)) {
    const outcome = scanWithin(scan, window, cursor, longest)
    rows += 1
    if (outcome !== 'complete' || scan.count !== names.length) {
      holdBack(reading, scan, cursor, outcome, header)
      continue
    }
    for (let column = 0; column < positions.length; column++) {
      const position = positions[column] as number
      if (position >= 0) record.cells[column] = cellText(scan, window, position)
    }
    record.line = cursor.line
    record.offset = offsetOf(window, cursor.at)
    record.length = (scan.end - cursor.at) * window.unitBytes
    handlers.record(record)
    cursor.at = afterLineEnd(window, scan.end)
    cursor.line += scan.innerLines + 1
  }
  return { format: 'csv', delimiter, columns: names, rows }
}

/** Delivers the first physical line of a record that failed, and moves behind that line. */
function holdBack(
  reading: Reading,
  scan: CsvScan,
  cursor: LineCursor,
  outcome: CsvOutcome,
  header: BadRecord['header'],
): void {
  const { window, shape, handlers, longest } = reading
  const limit = cursor.at + longest
  rememberOutcome(scan, outcome, offsetOf(window, Math.min(scan.end, limit)))
  const { next, isCut, ...line } = takeLine(window, cursor.at, longest)
  const isWrongNumber = outcome === 'complete'
  handlers.bad({
    ...line,
    line: cursor.line,
    rule: isWrongNumber ? 'wrong_number_of_fields' : 'unparsable',
    detail: isWrongNumber ? wrongNumber(scan) : whyUnparsable(scan, outcome, shape, isCut),
    header,
  })
  cursor.at = next
  cursor.line += 1
}

function wrongNumber(scan: CsvScan): string {
  const cells = `${scan.count} ${scan.count === 1 ? 'cell' : 'cells'}${scan.isCounted ? '' : ' or more'}`
  return `has ${cells}, the header has ${scan.width}`
}

function whyUnparsable(scan: CsvScan, outcome: CsvOutcome, shape: FeedShape, isCut: boolean): string {
  if (isCut) return tooLong(shape, isCut)
  // A record can only be longer than its line because a quote holds it open.
  if (outcome === 'too_long') return `${tooLong(shape, isCut)}: a quote in it may never be closed`
  if (outcome === 'never_closed') return 'has a quote that is never closed'
  return scan.isCounted
    ? `has text behind the closing quote of cell ${scan.count}`
    : 'has text behind the closing quote of a cell'
}

/** The one record object that all calls share. */
function csvRecord(scan: CsvScan, window: TextWindow, names: readonly string[], cursor: LineCursor): FeedRecord {
  return {
    line: 0,
    offset: 0,
    length: 0,
    cells: [],
    raw: () => cutText(window, cursor.at, scan.end),
    named() {
      // Without a prototype, so that a column named __proto__ is a column.
      const cells = Object.create(null) as Record<string, string | null>
      for (const [cell, name] of names.entries()) cells[name] = cellText(scan, window, cell)
      return cells
    },
  }
}
