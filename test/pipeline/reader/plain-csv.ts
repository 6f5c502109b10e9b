export interface PlainRecord {
  readonly line: number
  readonly raw: string
  /** The cells, or the rule that the record breaks. */
  readonly outcome: readonly string[] | 'unparsable' | 'wrong_number_of_fields'
}

/** Reads CSV as the rules say it, character by character and without a thought for speed; the first record is the header. */
export function readCsvPlainly(text: string, delimiter: string): PlainRecord[] {
  const records: PlainRecord[] = []
  let width: number | null = null
  let rest = text
  let line = 1
  while (rest !== '') {
    const [whole = '', firstLine = ''] = /^([^\r\n]*)(?:\r\n|\r|\n|$)/u.exec(rest) ?? []
    const record = firstLine.trim() === '' ? null : parseRecord(rest, delimiter)
    if (record !== null && record !== 'unparsable' && (width ??= record.cells.length) === record.cells.length) {
      records.push({ line, raw: rest.slice(0, record.length), outcome: record.cells })
      const consumed = rest.slice(0, record.length) + (/^(?:\r\n|\r|\n|$)/u.exec(rest.slice(record.length))?.[0] ?? '')
      line += consumed.match(/\r\n|\r|\n/gu)?.length ?? 0
      rest = rest.slice(consumed.length)
      continue
    }
    if (record !== null)
      records.push({ line, raw: firstLine, outcome: record === 'unparsable' ? record : 'wrong_number_of_fields' })
    rest = rest.slice(whole.length)
    line += 1
  }
  return records
}

function parseRecord(text: string, delimiter: string): { cells: string[]; length: number } | 'unparsable' {
  const cells: string[] = []
  let at = 0
  for (;;) {
    let cell = ''
    if (text[at] === '"') {
      at += 1
      while (text[at] !== '"' || text[at + 1] === '"') {
        if (at >= text.length) return 'unparsable'
        at += text[at] === '"' ? 1 : 0
        cell += text.charAt(at)
        at += 1
      }
      at += 1
    } else {
      while (at < text.length && text[at] !== delimiter && text[at] !== '\r' && text[at] !== '\n') {
        cell += text.charAt(at)
        at += 1
      }
    }
    cells.push(cell)
    if (at >= text.length || text[at] === '\r' || text[at] === '\n') return { cells, length: at }
    if (text[at] !== delimiter) return 'unparsable'
    at += 1
  }
}
