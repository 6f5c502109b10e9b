import { AppError } from '../../kernel/app-error.ts'
import { prepareFeedFile } from '../../pipeline/archive/find-feed-file.ts'
import { feedHeader } from '../../pipeline/archive/read-header.ts'
import type { Desk } from './desk.ts'
import { besideColumns } from './mended-columns.ts'

/** What of the workspace sending back and receiving need besides the desk. */
export interface FilesPlace {
  readonly workspaceFolder: string
  readonly maxRecordBytes: number
}

/** The table that a source's rows are sent back in. */
export interface SentTable {
  readonly delimiter: string
  /** The feed's own columns, in its order. */
  readonly columns: readonly string[]
  /** Whether some record could not be parsed, so that its text is a column. */
  readonly hasRecords: boolean
}

interface FileOfRows {
  readonly source: string
  readonly file: string
  readonly arrival: number
  readonly unparsable: number
}

/** The tables for rows by their arrival numbers, by source: as its CSV files name their columns, else as the contract does; then any others that were delivered. */
export function sentTables(desk: Desk, place: FilesPlace, arrivals: readonly number[]): ReadonlyMap<string, SentTable> {
  const wanted = JSON.stringify(arrivals)
  const files = desk.connection
    .prepare(
      `SELECT r.source, r.file, min(r.arrival) AS arrival, sum(r.cells IS NULL) AS unparsable
      FROM json_each(?) AS d CROSS JOIN assay_record AS r ON r.arrival = d.value GROUP BY r.source, r.file ORDER BY arrival`,
    )
    .all(wanted) as FileOfRows[]
  const delivered = desk.connection.prepare(
    `SELECT k.key FROM json_each(?) AS d CROSS JOIN assay_record AS r ON r.arrival = d.value, json_each(r.cells) AS k
    WHERE r.source = ? GROUP BY k.key ORDER BY min(d.value), min(k.id)`,
  )
  const headerOf = createHeaders(desk, place)
  return new Map(
    [...Map.groupBy(files, ({ source }) => source)].map(([source, own]) => {
      const headers = own.map(headerOf).filter((header) => header !== null)
      const known = headers.length > 0 ? headers.flatMap(({ columns }) => columns) : namesOf(desk, source)
      const columns = new Set([...known, ...(delivered.pluck().all(wanted, source) as string[])])
      for (const beside of Object.values(besideColumns)) columns.delete(beside)
      const table = {
        delimiter: headers[0]?.delimiter ?? ',',
        columns: [...columns],
        hasRecords: own.some(({ unparsable }) => unparsable > 0),
      }
      return [source, table]
    }),
  )
}

function namesOf(desk: Desk, source: string): readonly string[] {
  return desk.contractOf(source).fields.map(({ name }) => name)
}

type HeaderOf = (file: FileOfRows) => { readonly delimiter: string; readonly columns: readonly string[] } | null

/** The header of the archived file; null for JSON, and for a file that the archive does not have any more. */
function createHeaders(desk: Desk, { workspaceFolder, maxRecordBytes }: FilesPlace): HeaderOf {
  const fileOf = prepareFeedFile(desk.connection)
  return ({ source, arrival }) => {
    const kept = fileOf(arrival)
    if (kept === null) return null
    try {
      const file = { name: kept.file, sha256: kept.sha256 }
      return feedHeader(workspaceFolder, file, desk.contractOf(source), maxRecordBytes)
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') return null
      throw error
    }
  }
}
