import { AppError } from '../../../kernel/app-error.ts'
import { fetchRecords, type DeliveredRecord } from '../../../pipeline/archive/fetch-records.ts'
import type { RecordHeader } from '../../../pipeline/amendment/read-mended-record.ts'
import type { Workbench } from '../../../pipeline/run/open-workbench.ts'

interface KeptRow {
  readonly source: string
  readonly file: string
  readonly line: number
  readonly byte_offset: number
  readonly encoding: string
  readonly raw: string
  readonly cells: string | null
  readonly header: string | null
}

/** A record that was held back or amended, as the workspace keeps it; null for any other. */
export function keptRecord({ connection }: Workbench, arrival: number): DeliveredRecord | null {
  const row = connection
    .prepare('SELECT source, file, line, byte_offset, encoding, raw, cells, header FROM assay_record WHERE arrival = ?')
    .get(arrival) as KeptRow | undefined
  if (row === undefined) return null
  const { source, file, line, byte_offset: offset, encoding, raw } = row
  const cells = row.cells === null ? null : (JSON.parse(row.cells) as Record<string, string | null>)
  const header = row.header === null ? null : (JSON.parse(row.header) as RecordHeader)
  return { arrival, source, file, line, offset, encoding, raw, cells, header }
}

/** A record as it was delivered: kept in the workspace, or read again from the archived feed. */
export function knownRecord(workbench: Workbench, arrival: number): DeliveredRecord {
  const { connection, workspaceFolder, project } = workbench
  const { max_record_bytes: maxRecordBytes } = project.config
  const record =
    keptRecord(workbench, arrival) ??
    fetchRecords(connection, workspaceFolder, project.contracts, maxRecordBytes, [arrival]).get(arrival)
  if (record === undefined)
    throw new AppError('NOT_FOUND', `The archived feed does not have the record number ${arrival} any more.`, {
      hint: 'The contract or max_record_bytes may have changed since it was read: run its file again.',
    })
  return record
}
