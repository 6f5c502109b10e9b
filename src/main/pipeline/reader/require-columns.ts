import type { JsonKeys } from './json-cells.ts'
import { missingColumns } from './read-csv-header.ts'
import type { Reading } from './reading.ts'

/** Rejects a JSON feed of which no record has a required column; a single record may lack it, and so may a feed without any. */
export function requireColumns(reading: Reading, keys: JsonKeys, goodRows: number): void {
  const { file, shape } = reading
  const missing = shape.required.filter((column) => keys.isSeen[shape.columns.indexOf(column)] !== 1)
  if (goodRows > 0 && missing.length > 0) throw missingColumns(file, missing, [...keys.names], shape.columns)
}
