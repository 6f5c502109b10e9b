import { characters } from './characters.ts'
import { cutText, fill, offsetOf, type TextWindow } from './text-window.ts'

const { quote, lineFeed, carriageReturn } = characters

/**
 * `incomplete`: the record goes on behind the window. `never_closed`: the file ends inside a quoted cell.
 * `text_after_quote`: a closing quote is followed by other text. `too_long` is never found here, only remembered.
 */
export type CsvOutcome = 'complete' | 'incomplete' | 'never_closed' | 'text_after_quote' | 'too_long'

/** What the scanner found of one record; one object serves all records. */
export interface CsvScan {
  readonly delimiter: number
  /** The number of cells whose places are kept. */
  readonly width: number
  /** Where the cells start and end, without their quotes. */
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** 1 where a cell holds doubled quotes. */
  readonly doubled: Uint8Array
  /** The cells of the record. */
  count: number
  /** False where the outcome was known before the record's end: it then has `count` cells or more. */
  isCounted: boolean
  /** The line ends inside quotes. */
  innerLines: number
  /** The index at which the scan ended. */
  end: number
  /** How the last record that failed after several lines came out, and up to which byte of the file that is known. */
  knownOutcome: CsvOutcome
  knownUntil: number
}

/** A scan that keeps the places of `width` cells. */
export function createCsvScan(delimiter: string, width: number): CsvScan {
  return {
    delimiter: delimiter.charCodeAt(0),
    width,
    starts: new Int32Array(width),
    ends: new Int32Array(width),
    doubled: new Uint8Array(width),
    count: 0,
    isCounted: true,
    innerLines: 0,
    end: 0,
    knownOutcome: 'complete',
    knownUntil: 0,
  }
}

/** Finds the cells of the record that starts at `from`. Those beyond `width` are written outside the arrays: nowhere. */
export function scanCsvRecord(scan: CsvScan, window: TextWindow, from: number): CsvOutcome {
  const { delimiter, starts, ends, doubled } = scan
  const { units, end, isLast } = window
  let count = 0
  let innerLines = 0
  let at = from
  for (;;) {
    starts[count] = at
    doubled[count] = 0
    if (units[at] === quote) {
      starts[count] = at + 1
      for (;;) {
        at += 1
        let unit = units[at]
        while (unit !== quote && unit !== lineFeed && unit !== carriageReturn) unit = units[++at]
        if (at >= end) return stop(scan, isLast ? 'never_closed' : 'incomplete', count + 1, at)
        if (unit === quote) {
          if (units[at + 1] !== quote) break
          doubled[count] = 1
          at += 1
        } else {
          innerLines += 1
          if (unit === carriageReturn && units[at + 1] === lineFeed && at + 1 < end) at += 1
          if (count >= scan.width && offsetOf(window, at) < scan.knownUntil) return stopEarly(scan, count + 1, at)
        }
      }
      ends[count] = at
      at += 1
    } else {
      let unit = units[at]
      while (unit !== delimiter && unit !== lineFeed && unit !== carriageReturn) unit = units[++at]
      ends[count] = at
    }
    count += 1
    const unit = units[at]
    if (unit === delimiter) {
      at += 1
      continue
    }
    if (at >= end && !isLast) return stop(scan, 'incomplete', count, at)
    scan.innerLines = innerLines
    return stop(scan, unit === lineFeed || unit === carriageReturn ? 'complete' : 'text_after_quote', count, at)
  }
}

/** Scans the record at the cursor, and reads on while it may yet end within `longest` units. */
export function scanWithin(scan: CsvScan, window: TextWindow, cursor: { at: number }, longest: number): CsvOutcome {
  let outcome = scanCsvRecord(scan, window, cursor.at)
  while (outcome === 'incomplete' && window.end - cursor.at <= longest) {
    fill(window, cursor.at)
    cursor.at = 0
    outcome = scanCsvRecord(scan, window, cursor.at)
  }
  return outcome === 'incomplete' || scan.end - cursor.at > longest ? 'too_long' : outcome
}

/**
 * Remembers how a record that is held back came out. Reading resumes on its second line; a record from there that is
 * inside quotes at a line end, as this one was at all of its line ends, runs on exactly like this one. Without this,
 * quotes that open a cell on every line would have the rest of the file scanned again for each of them.
 */
export function rememberOutcome(scan: CsvScan, outcome: CsvOutcome, until: number): void {
  if (until <= scan.knownUntil) return
  scan.knownOutcome = outcome
  scan.knownUntil = until
}

/** The text of a cell whose place the scan has kept. */
export function cellText(scan: CsvScan, window: TextWindow, cell: number): string {
  const text = cutText(window, scan.starts[cell] as number, scan.ends[cell] as number)
  return scan.doubled[cell] === 1 ? text.replaceAll('""', '"') : text
}

function stop(scan: CsvScan, outcome: CsvOutcome, count: number, end: number): CsvOutcome {
  scan.count = count
  scan.isCounted = true
  scan.end = end
  return outcome
}

function stopEarly(scan: CsvScan, count: number, end: number): CsvOutcome {
  scan.count = count
  scan.isCounted = false
  scan.end = end
  return scan.knownOutcome
}
