import type { CorrectionNews } from '../amendment/judge-record.ts'
import type { RecordHeader } from '../amendment/read-mended-record.ts'
import type { Finding } from '../contract/finding.ts'
import type { StagedValue } from '../contract/compile-contract.ts'

/** Judged records of one file on their way into the landing; the lists are JSON, as `Landing` takes them. */
export interface Batch {
  readonly file: string
  readonly rows: string
  readonly records: string
  readonly findings: string
  readonly news: string
  readonly rowsRead: number
  readonly rowsQuarantined: number
  readonly bytesRead: number
}

/** A record that is kept as it was delivered: held back, left out, or staged with amendments. */
export interface KeptRecord {
  readonly arrival: number
  readonly line: number
  readonly offset: number
  readonly raw: string
  readonly cells: Readonly<Record<string, string | null>> | null
  readonly identity: string
  readonly company: string | null
  readonly state: 'open' | 'discarded' | 'released' | 'waived'
  readonly header: RecordHeader | null
}

/** A row for the landing. */
export interface LandingRow {
  readonly arrival: number
  readonly line: number
  readonly recency: number
  readonly isWaived: boolean
  /** The staged key, where the source has one. */
  readonly key: string | null
  readonly values: readonly StagedValue[]
}

/** Gathers judged records of one file; `take` hands over what has been gathered and begins anew. */
export interface BatchBuilder {
  readonly size: () => number
  addRow(row: LandingRow): void
  addRecord(record: KeptRecord): void
  addFindings(arrival: number, line: number, isQuarantined: boolean, findings: readonly Finding[]): void
  addNews(news: readonly CorrectionNews[]): void
  take(bytesRead: number): Batch
}

/** The most characters of a raw value that a finding repeats; the record keeps all of them. */
const rawValueLimit = 1_000

/** A builder for the records of `file`; `hasKey` where the source has a staged key. */
export function createBatchBuilder(file: string, hasKey: boolean): BatchBuilder {
  let rows: StagedValue[][] = []
  let records: unknown[] = []
  let findings: unknown[] = []
  let news: unknown[] = []
  let held = 0
  let bytes = 0

  return {
    size: () => rows.length + records.length + Math.floor(bytes / 1_000),
    addRow({ arrival, line, recency, isWaived, key, values }) {
      const waived = isWaived ? 1 : 0
      rows.push(hasKey ? [arrival, line, recency, waived, key, ...values] : [arrival, line, recency, waived, ...values])
    },
    addRecord({ arrival, line, offset, raw, cells, identity, company, state, header }) {
      const cellsText = cells === null ? null : JSON.stringify(cells)
      const headerText = header === null ? null : JSON.stringify(header)
      records.push([arrival, file, line, offset, '', raw, cellsText, identity, company, state, headerText])
      bytes += raw.length
      if (state === 'open' || state === 'discarded') held += 1
    },
    addFindings(arrival, line, isQuarantined, found) {
      for (const [position, { field, rule, severity, message, rawValue }] of found.entries()) {
        const shown = rawValue?.slice(0, rawValueLimit) ?? null
        const place = [arrival, position, `${file}:${line}`, isQuarantined ? 1 : 0]
        findings.push([...place, field, rule, severity, message, shown])
      }
    },
    addNews(heard) {
      for (const { amendmentId, status, delivered } of heard) news.push([amendmentId, status, delivered])
    },
    take(bytesRead) {
      const batch: Batch = {
        file,
        rows: JSON.stringify(rows),
        records: JSON.stringify(records),
        findings: JSON.stringify(findings),
        news: JSON.stringify(news),
        rowsRead: rows.length + held,
        rowsQuarantined: held,
        bytesRead,
      }
      rows = []
      records = []
      findings = []
      news = []
      held = 0
      bytes = 0
      return batch
    },
  }
}
