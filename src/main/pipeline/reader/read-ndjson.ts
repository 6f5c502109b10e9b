import type { FeedRecord } from './feed-types.ts'
import { characters } from './characters.ts'
import { createKeys, namedCells, setCells } from './json-cells.ts'
import { afterLineEnd, findLineEnd, skipBlankLines, takeLine, type LineCursor } from './physical-lines.ts'
import { tooLong, type Reading, type ReadingResult } from './reading.ts'
import { requireColumns } from './require-columns.ts'
import { createMembers, scanJsonObject, skipJsonSpace, type JsonMembers, type JsonScan } from './scan-json.ts'
import { cutText, fill, offsetOf, type TextWindow } from './text-window.ts'

/** Reads a file that has one JSON object a line. */
export function readNdjson(reading: Reading): ReadingResult {
  const { window, shape, handlers, longest } = reading
  const cursor: LineCursor = { at: 0, line: 1 }
  const members = createMembers()
  const keys = createKeys(shape.columns)
  const scan: JsonScan = { units: window.units, end: 0, isLast: true, isEscaped: false, problem: '', problemAt: 0 }
  const record: FeedRecord = {
    line: 0,
    offset: 0,
    length: 0,
    cells: shape.columns.map(() => null),
    raw: () => cutText(window, cursor.at, scan.end),
    named: () => namedCells(window, members),
  }
  let rows = 0
  let badRows = 0

  while (skipBlankLines(window, cursor, longest)) {
    rows += 1
    const end = lineEndWithin(window, cursor, longest)
    scan.end = end
    if (end >= 0 && isObject(scan, cursor.at, members)) {
      setCells(record.cells, keys, window, members)
      record.line = cursor.line
      record.offset = offsetOf(window, cursor.at)
      record.length = (end - cursor.at) * window.unitBytes
      handlers.record(record)
      cursor.at = afterLineEnd(window, end)
    } else {
      badRows += 1
      const problem = `${scan.problem} at byte ${(scan.problemAt - cursor.at) * window.unitBytes + 1} of the line`
      const { next, isCut, ...line } = takeLine(window, cursor.at, longest)
      const detail = isCut ? tooLong(shape, isCut) : problem
      handlers.bad({ ...line, line: cursor.line, rule: 'unparsable', detail, header: null })
      cursor.at = next
    }
    cursor.line += 1
  }
  requireColumns(reading, keys, rows - badRows)
  return { format: 'ndjson', delimiter: null, columns: [...keys.names], rows }
}

/** The end of the line at the cursor; -1 when the line is longer than a record may be. */
function lineEndWithin(window: TextWindow, cursor: LineCursor, longest: number): number {
  let end = findLineEnd(window, cursor.at)
  while (end < 0 && window.end - cursor.at <= longest) {
    fill(window, cursor.at)
    cursor.at = 0
    end = findLineEnd(window, 0)
  }
  return end - cursor.at > longest ? -1 : end
}

/** True when the line holds one JSON object and nothing else. */
function isObject(scan: JsonScan, at: number, members: JsonMembers): boolean {
  const start = skipJsonSpace(scan, at)
  if (scan.units[start] !== characters.openBrace) return isProblem(scan, start, 'is not a JSON object')
  const end = scanJsonObject(scan, start, 0, members)
  if (end < 0) return false
  const rest = skipJsonSpace(scan, end)
  return rest === scan.end || isProblem(scan, rest, 'has text behind the JSON object')
}

function isProblem(scan: JsonScan, at: number, problem: string): false {
  scan.problem = problem
  scan.problemAt = at
  return false
}
