import { createHash } from 'node:crypto'
import type { KnownRecord } from '../../pipeline/amendment/judge-known-records.ts'

/** The columns that stand beside those of the feed in a file that is sent back. */
export const besideColumns = {
  /** The text of a record that could not be parsed. */
  record: 'assay_record',
  /** Which row it is; see `rowToken`. */
  row: 'assay_row',
  /** What is wrong with it. The last one, since spreadsheets drop cells at a line's end where they are empty. */
  reasons: 'assay_reasons',
} as const

/** Names a row in a file that leaves the workspace, so that a file from elsewhere, or of another text of the record, is told. No spreadsheet takes it for a number or a day. */
export function rowToken({ arrival, source, file, line, raw }: KnownRecord): string {
  const record = JSON.stringify([source, file, line, raw])
  return `row-${arrival}-${createHash('sha256').update(record).digest('hex').slice(0, 12)}`
}

/** The number of the row that a token names; null where the text is no token. */
export function idOfToken(text: string): number | null {
  const [, id] = /^row-(\d{1,15})-[0-9a-f]{12}$/u.exec(text) ?? []
  return id === undefined ? null : Number(id)
}
