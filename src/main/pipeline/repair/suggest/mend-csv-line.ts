import { parseCsvLine } from '../parse-csv-line.ts'
import type { Guess } from './suggestion.ts'

export interface LineHeader {
  readonly delimiter: string
  readonly columns: readonly string[]
}

interface Mended {
  readonly line: string
  readonly why: string
  readonly likelihood: number
}

const longestLine = 20_000
const mostCandidates = 4_000
const mostGuesses = 5

/**
 * Ways to write a line anew so that it has as many cells as the header. `countErrors` says how many cells of it are wrong; ways that
 * leave fewer wrong are taken, and a way that alone leaves none is likely right.
 */
export function mendCsvLine(
  line: string,
  header: LineHeader,
  countErrors: (cells: readonly string[]) => number,
): readonly Guess[] {
  if (line.length > longestLine) return []
  const width = header.columns.length
  // By their cells: a quote that is closed and one that is taken out may come to the same.
  const lines = new Map<string, Mended & { readonly errors: number }>()
  let tried = 0
  for (const mended of candidates(line, header)) {
    tried += 1
    if (tried > mostCandidates) break
    const cells = parseCsvLine(mended.line, header.delimiter)
    if (cells === null || cells.length !== width) continue
    const key = JSON.stringify(cells)
    const likelihood = cells.some(hasLooseQuote) ? mended.likelihood * 0.7 : mended.likelihood
    const before = lines.get(key)
    if (before === undefined || before.likelihood < likelihood)
      lines.set(key, { ...mended, likelihood, errors: before?.errors ?? countErrors(cells) })
  }
  const least = Math.min(...[...lines.values()].map(({ errors }) => errors))
  const best = [...lines.values()].filter(({ errors }) => errors === least)
  const most = Math.max(...best.map(({ likelihood }) => likelihood))
  const rivals = best.filter(({ likelihood }) => likelihood >= most * 0.8).length
  return best
    .toSorted((one, other) => other.likelihood - one.likelihood)
    .slice(0, mostGuesses)
    .map(({ line: value, why, likelihood }) => ({
      value,
      reason: `${why}, it has ${width} cells${least === 0 ? ', all of them valid' : ''}.`,
      confidence: (likelihood / rivals) * (least === 0 ? 1 : 0.4),
    }))
}

/** Whether one of the quotes in a value has no partner. */
function hasLooseQuote(cell: string): boolean {
  return placesOf(cell, '"').length % 2 === 1
}

function* candidates(line: string, header: LineHeader): Generator<Mended> {
  yield* joinCells(line, header)
  yield* padCells(line, header)
  yield* replaceDelimiter(line, header)
  yield* mendQuotes(line, header.delimiter)
}

/** An unquoted delimiter inside a value: neighbouring cells become one. */
function* joinCells(line: string, { delimiter, columns }: LineHeader): Generator<Mended> {
  const cells = parseCsvLine(line, delimiter)
  const surplus = (cells?.length ?? 0) - columns.length
  if (cells === null || surplus <= 0) return
  const last = cells.slice(columns.length)
  if (last.every((cell) => cell.trim() === '')) {
    const kept = cells.slice(0, columns.length)
    yield { line: writeCells(kept, delimiter), why: 'Without the empty cells at its end', likelihood: 0.9 }
  }
  for (let at = 0; at < columns.length; at += 1) {
    const joined = cells.slice(at, at + surplus + 1).join(delimiter)
    const kept = [...cells.slice(0, at), joined, ...cells.slice(at + surplus + 1)]
    const why = `With quotes around ${columns[at] ?? ''}, which holds the delimiter`
    // Prose has a space behind its comma, an amount has three digits.
    const isNatural = /^\s/.test(cells[at + 1] ?? '') || /^\s*\$?\d{1,3}(?:,\d{3})+(?:\.\d+)?\s*$/.test(joined)
    yield { line: writeCells(kept, delimiter), why, likelihood: isNatural ? 0.9 : 0.7 }
  }
}

/** Cells that are missing: at the end, or a single one anywhere. */
function* padCells(line: string, { delimiter, columns }: LineHeader): Generator<Mended> {
  const cells = parseCsvLine(line, delimiter)
  const missing = columns.length - (cells?.length ?? columns.length)
  if (cells === null || missing <= 0) return
  const empty = Array.from({ length: missing }, () => '')
  const atEnd = writeCells([...cells, ...empty], delimiter)
  yield { line: atEnd, why: 'With empty cells at its end', likelihood: 0.6 }
  if (missing > 1) return
  for (let at = 0; at < cells.length; at += 1)
    yield {
      line: writeCells(cells.toSpliced(at, 0, ''), delimiter),
      why: `With an empty cell for ${columns[at] ?? ''}`,
      likelihood: 0.5,
    }
}

/** A line that parts its cells in another way than its file. */
function* replaceDelimiter(line: string, { delimiter }: LineHeader): Generator<Mended> {
  for (const other of [',', ';', '\t', '|']) {
    const cells = other === delimiter ? null : parseCsvLine(line, other)
    if (cells === null || cells.length === 1) continue
    yield { line: writeCells(cells, delimiter), why: 'With the delimiter of its file', likelihood: 0.8 }
  }
}

/** A quote that was never closed, or that stands where none belongs; at last two quotes at once, such as those around a word. */
function* mendQuotes(line: string, delimiter: string): Generator<Mended> {
  const quotes = placesOf(line, '"')
  const ends = [...placesOf(line, delimiter), line.length]
  if (quotes.length === 0) return
  for (const end of ends)
    yield { line: `${line.slice(0, end)}"${line.slice(end)}`, why: 'With a quote closed', likelihood: 0.9 }
  for (const place of quotes) {
    yield { line: editAt(line, [place], ''), why: 'Without a stray quote', likelihood: 0.85 }
    yield { line: editAt(line, [place], '""'), why: 'With a quote inside a value doubled', likelihood: 0.85 }
  }
  for (const [index, one] of quotes.entries())
    for (const other of quotes.slice(index + 1)) {
      yield { line: editAt(line, [one, other], '""'), why: 'With the quotes inside a value doubled', likelihood: 0.85 }
      yield { line: editAt(line, [one, other], ''), why: 'Without two stray quotes', likelihood: 0.7 }
    }
}

function placesOf(text: string, character: string): readonly number[] {
  const places: number[] = []
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) places.push(at)
  return places
}

/** The line with other text in the place of single characters, given from left to right. */
function editAt(line: string, places: readonly number[], text: string): string {
  let edited = ''
  let done = 0
  for (const place of places) {
    edited += line.slice(done, place) + text
    done = place + 1
  }
  return edited + line.slice(done)
}

function writeCells(cells: readonly string[], delimiter: string): string {
  return cells
    .map((cell) =>
      cell.startsWith('"') || cell.includes(delimiter) || /[\r\n]/.test(cell)
        ? `"${cell.replaceAll('"', '""')}"`
        : cell,
    )
    .join(delimiter)
}
