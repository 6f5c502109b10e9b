import { parseCsvLine } from '../repair/parse-csv-line.ts'

/** How the cells of a CSV file are parted and named; null for JSON. */
export interface RecordHeader {
  readonly delimiter: string
  /** Normalised names, in the order of the file. */
  readonly columns: readonly string[]
}

/** The cells by normalised name of a record that a person wrote anew, in the form of its file; null where it still cannot be taken. */
export function readMendedRecord(text: string, header: RecordHeader | null): Record<string, string | null> | null {
  return header === null ? readJsonObject(text) : readCsvRecord(text, header)
}

function readCsvRecord(text: string, { delimiter, columns }: RecordHeader): Record<string, string | null> | null {
  const cells = parseCsvLine(text, delimiter)
  if (cells === null || cells.length !== columns.length) return null
  const named = Object.create(null) as Record<string, string | null>
  for (const [index, name] of columns.entries()) named[name] = cells[index] ?? null
  return named
}

function readJsonObject(text: string): Record<string, string | null> | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null
  const named = Object.create(null) as Record<string, string | null>
  for (const [name, value] of Object.entries(parsed))
    named[name.trim().toLowerCase().replaceAll(/\s+/gu, '_')] =
      value === null ? null : typeof value === 'string' ? value : JSON.stringify(value)
  return named
}
