import { columnName, listColumns } from './column-name.ts'
import type { FeedFile, FeedShape } from './feed-types.ts'
import { likelyRenamed } from './likely-renamed.ts'
import { afterLineEnd, skipBlankLines, type LineCursor } from './physical-lines.ts'
import type { Reading } from './reading.ts'
import { rejection } from './reject-file.ts'
import { cellText, createCsvScan, scanCsvRecord, scanWithin } from './scan-csv-record.ts'

const delimiters = [',', ';', '\t', '|']

export interface CsvHeader {
  readonly delimiter: string
  /** The normalised names. */
  readonly names: readonly string[]
}

interface Candidate extends CsvHeader {
  readonly missing: readonly string[]
  readonly known: number
}

/** Reads the header with each delimiter and takes the one that finds the required columns; moves behind it. */
export function readCsvHeader(reading: Reading, cursor: LineCursor): CsvHeader {
  const { file, window, shape, longest } = reading
  if (!skipBlankLines(window, cursor, longest))
    throw rejection(file, 'is empty', 'Have it delivered again, at least with its header line.')
  let best: Candidate | null = null
  for (const delimiter of delimiters) {
    const names = readNames(reading, cursor, delimiter)
    if (names === null) continue
    const missing = shape.required.filter((column) => !names.includes(column))
    const known = shape.columns.filter((column) => names.includes(column)).length
    const candidate = { delimiter, names, missing, known }
    if (best === null || isBetter(candidate, best)) best = candidate
  }
  if (best === null)
    throw rejection(
      file,
      `has a header on line ${cursor.line} that cannot be read: a quote in it is not closed, or it is longer than ${shape.maxRecordBytes} bytes`,
      'Correct the header line.',
    )
  if (best.missing.length > 0) throw missingColumns(file, best.missing, best.names, shape.columns)
  rejectTwins(file, shape, best.names)
  const scan = createCsvScan(best.delimiter, 0)
  scanCsvRecord(scan, window, cursor.at)
  cursor.at = afterLineEnd(window, scan.end)
  cursor.line += scan.innerLines + 1
  return best
}

/** The error for a file in which required columns are not there; `known`: all columns that it may have, which are no others renamed. */
export function missingColumns(
  file: FeedFile,
  missing: readonly string[],
  seen: readonly string[],
  known: readonly string[],
): Error {
  const noun = missing.length === 1 ? 'the required column' : 'the required columns'
  const others = seen.filter((name) => !known.includes(name))
  const renamed = missing.flatMap((name) => {
    const likely = likelyRenamed(name, others)
    return likely === null ? [] : [`${name} was most likely renamed to ${likely}`]
  })
  return rejection(
    file,
    [`lacks ${noun} ${listColumns(missing)}`, ...renamed, `it has ${listColumns(seen)}`].join('; '),
    'Have it delivered with these columns, or correct the names in its header.',
  )
}

function isBetter(candidate: Candidate, best: Candidate): boolean {
  if (candidate.missing.length !== best.missing.length) return candidate.missing.length < best.missing.length
  if (candidate.known !== best.known) return candidate.known > best.known
  return candidate.names.length > best.names.length
}

/** The header's names when it is read with this delimiter; null when it cannot be read so. */
function readNames(reading: Reading, cursor: LineCursor, delimiter: string): string[] | null {
  const { window, longest } = reading
  // The first scan counts the cells, the second has room for them.
  const counting = createCsvScan(delimiter, 0)
  if (scanWithin(counting, window, cursor, longest) !== 'complete') return null
  const scan = createCsvScan(delimiter, counting.count)
  scanCsvRecord(scan, window, cursor.at)
  return Array.from({ length: scan.count }, (_, cell) => columnName(cellText(scan, window, cell)))
}

function rejectTwins(file: FeedFile, shape: FeedShape, names: readonly string[]): void {
  const twins = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  if (twins.size === 0) return
  const known = [...twins].filter((name) => shape.columns.includes(name))
  throw rejection(
    file,
    `has more than one column ${listColumns(known.length > 0 ? known : [...twins])}`,
    'Have it delivered with each column once, each with a name of its own.',
  )
}
