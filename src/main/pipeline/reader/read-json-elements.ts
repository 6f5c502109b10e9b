import { characters } from './characters.ts'
import type { FeedRecord } from './feed-types.ts'
import { createKeys, keyText, namedCells, setCells, valueText } from './json-cells.ts'
import { tooLong, type Reading, type ReadingResult } from './reading.ts'
import { requireColumns } from './require-columns.ts'
import { createMembers, type JsonMembers, type JsonScan } from './scan-json.ts'
import { scanElement, skipSpace, type ElementCursor } from './scan-json-element.ts'
import { takeBrokenElement } from './take-broken-element.ts'
import { cutText, offsetOf, type TextWindow } from './text-window.ts'

const { comma, closeBrace, closeBracket } = characters

/** Reads the elements of a JSON array, or the entries of a JSON object, one by one; the file's first text opens it. */
export function readJsonElements(reading: Reading, isArray: boolean): ReadingResult {
  const { window, shape, handlers, longest } = reading
  const members = createMembers()
  const keys = createKeys(shape.columns)
  const scan: JsonScan = { units: window.units, end: 0, isLast: false, isEscaped: false, problem: '', problemAt: 0 }
  const cursor: ElementCursor = { at: 0, end: 0 }
  const record: FeedRecord = {
    line: 0,
    offset: 0,
    length: 0,
    cells: shape.columns.map(() => null),
    raw: () => cutText(window, cursor.at, cursor.end),
    named: () => (isArray ? namedCells(window, members) : namedEntry(shape.columns, window, members)),
  }
  let rows = 0
  let goodRows = 0
  let isClosed = false

  function holdBack(held: { raw: string; offset: number; length: number }, detail: string): void {
    const { raw, offset, length } = held
    handlers.bad({ line: rows, offset, length, rule: 'unparsable', raw, detail, header: null })
  }

  function holdBackNothing(detail: string): void {
    holdBack({ raw: '', offset: offsetOf(window, cursor.at), length: 0 }, detail)
  }

  skipSpace(window, cursor)
  cursor.at += 1
  while (skipSpace(window, cursor)) {
    const unit = window.units[cursor.at]
    // What follows the end, against all rules, is read on like what came before it.
    isClosed = unit === (isArray ? closeBracket : closeBrace)
    if (isClosed) {
      cursor.at += 1
      continue
    }
    rows += 1
    const outcome = unit === comma ? 'missing' : scanElement(scan, window, cursor, members, { longest, isArray })
    if (outcome === 'missing') {
      holdBackNothing('is missing: nothing stands before the comma')
    } else if (outcome === 'valid') {
      goodRows += 1
      if (isArray) setCells(record.cells, keys, window, members)
      else setEntry(record.cells, window, members)
      record.line = rows
      record.offset = offsetOf(window, cursor.at)
      record.length = (cursor.end - cursor.at) * window.unitBytes
      handlers.record(record)
      cursor.at = cursor.end
    } else {
      const problem = `${scan.problem} at its byte ${(scan.problemAt - cursor.at) * window.unitBytes + 1}`
      const held = takeBrokenElement(window, cursor.at, longest, isArray)
      holdBack(held, outcome === 'too_long' || held.isCut ? tooLong(shape, held.isCut) : problem)
      cursor.at = held.next
      // A file that is cut off inside an element is one bad record, not two.
      isClosed = held.next >= window.end && window.isLast
    }
    if (skipSpace(window, cursor) && window.units[cursor.at] === comma) cursor.at += 1
  }
  if (!isClosed) {
    rows += 1
    holdBackNothing(`is missing: the file ends without the closing ${isArray ? 'bracket' : 'brace'}`)
  }
  if (!isArray) return { format: 'json map', delimiter: null, columns: shape.columns, rows }
  requireColumns(reading, keys, goodRows)
  return { format: 'json', delimiter: null, columns: [...keys.names], rows }
}

function setEntry(cells: (string | null)[], window: TextWindow, members: JsonMembers): void {
  cells[0] = keyText(window, members, 0)
  cells[1] = valueText(window, members, 0)
}

function namedEntry(
  columns: readonly string[],
  window: TextWindow,
  members: JsonMembers,
): Record<string, string | null> {
  const cells = Object.create(null) as Record<string, string | null>
  cells[columns[0] ?? ''] = keyText(window, members, 0)
  cells[columns[1] ?? ''] = valueText(window, members, 0)
  return cells
}
