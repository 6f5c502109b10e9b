/**
 * The cells of one CSV record as the reader takes them: without the quotes around them, not trimmed. Null where the text is no record or
 * more than one: a quote is never closed, a closing quote is followed by other text, a line ends outside of quotes, or all is blank.
 */
export function parseCsvLine(line: string, delimiter: string): readonly string[] | null {
  if (line.trim() === '') return null
  const cells: string[] = []
  let at = 0
  for (;;) {
    if (line[at] === '"') {
      const end = closingQuote(line, at + 1)
      if (end < 0) return null
      cells.push(line.slice(at + 1, end).replaceAll('""', '"'))
      at = end + 1
      if (at < line.length && line[at] !== delimiter) return null
    } else {
      const next = line.indexOf(delimiter, at)
      const end = next < 0 ? line.length : next
      const cell = line.slice(at, end)
      if (/[\r\n]/.test(cell)) return null
      cells.push(cell)
      at = end
    }
    if (at >= line.length) return cells
    at += 1
  }
}

/** The next quote from `from` on that is not doubled; -1 where there is none. */
function closingQuote(line: string, from: number): number {
  let at = line.indexOf('"', from)
  while (at >= 0 && line[at + 1] === '"') at = line.indexOf('"', at + 2)
  return at
}
