/** A stretch of the raw record; `reason` says why it is bad. */
export interface RawPart {
  readonly text: string
  readonly reason: string | null
  readonly start: number
}

interface Span {
  readonly start: number
  readonly end: number
}

interface Cell extends Span {
  readonly value: string
}

/**
 * Cuts the raw record where its bad cells begin and end; joined again the parts are the record, letter for letter.
 * A cell that cannot be found for certain is not marked: a wrong mark would be worse than none.
 */
export function markRaw(
  raw: string,
  cells: Readonly<Record<string, string | null>>,
  bad: ReadonlyMap<string, string>,
): RawPart[] {
  const whole = bad.get('row')
  if (whole !== undefined) return [{ text: raw, reason: whole, start: 0 }]
  const found = raw.trimStart().startsWith('{') ? jsonCells(raw) : csvCells(raw, cells)
  const spans = [...bad]
    .flatMap(([field, reason]) => {
      const span = found.get(field)
      return span === undefined ? [] : [{ ...span, reason }]
    })
    .toSorted((one, other) => one.start - other.start)

  const parts: RawPart[] = []
  let end = 0
  for (const span of spans) {
    if (span.start > end) parts.push({ text: raw.slice(end, span.start), reason: null, start: end })
    parts.push({ text: raw.slice(span.start, span.end), reason: span.reason, start: span.start })
    end = span.end
  }
  if (end < raw.length) parts.push({ text: raw.slice(end), reason: null, start: end })
  return parts
}

/** The values of a flat JSON object by the names that staging gives them. */
function jsonCells(raw: string): Map<string, Span> {
  const cells = new Map<string, Span>()
  for (const match of raw.matchAll(/"((?:[^"\\]|\\.)*)"\s*:\s*("(?:[^"\\]|\\.)*"|[^,{}[\]\s]+)/g)) {
    const [all, name = '', value = ''] = match
    const end = match.index + all.length
    cells.set(name.trim().toLowerCase().replaceAll(/\s+/g, '_'), { start: end - value.length, end })
  }
  return cells
}

/** The cells of a CSV record by name, for the one delimiter under which they are the delivered ones. */
function csvCells(raw: string, delivered: Readonly<Record<string, string | null>>): Map<string, Span> {
  const names = Object.keys(delivered)
  for (const delimiter of [',', ';', '\t', '|']) {
    const cells = splitRecord(raw.replace(/\r?\n$|\r$/, ''), delimiter)
    const areDelivered =
      cells.length === names.length &&
      cells.every((cell, index) => cell.value.trim() === (delivered[names[index] ?? ''] ?? '').trim())
    if (areDelivered) return new Map(names.flatMap((name, index) => (cells[index] ? [[name, cells[index]]] : [])))
  }
  return new Map()
}

function splitRecord(raw: string, delimiter: string): Cell[] {
  const cells: Cell[] = []
  let start = 0
  for (;;) {
    const isQuoted = raw[start] === '"'
    let end = isQuoted ? closingQuote(raw, start) + 1 : start
    while (end < raw.length && raw[end] !== delimiter) end += 1
    const text = raw.slice(start, end)
    cells.push({ start, end, value: isQuoted ? text.slice(1, -1).replaceAll('""', '"') : text })
    if (end >= raw.length) return cells
    start = end + 1
  }
}

function closingQuote(raw: string, open: number): number {
  let at = open + 1
  while (at < raw.length) {
    if (raw[at] === '"') {
      if (raw[at + 1] !== '"') return at
      at += 1
    }
    at += 1
  }
  return raw.length - 1
}
