import type { Finding } from '../contract/finding.ts'
import type { StagedValue, Verdict } from '../contract/compile-contract.ts'

/** Judged records of one file on their way into the landing; the three lists are JSON, as `Landing` takes them. */
export interface Batch {
  readonly file: string
  readonly rows: string
  readonly quarantined: string
  readonly findings: string
  readonly rowsRead: number
  readonly rowsQuarantined: number
  readonly bytesRead: number
}

/** Where a record lies in its file. */
export interface RecordPlace {
  readonly line: number
  readonly offset: number
}

/** Gathers judged records of one file; `take` hands over what has been gathered and begins anew. */
export interface BatchBuilder {
  readonly size: () => number
  addRow(arrival: number, line: number, recency: number, key: string | null, verdict: Verdict): void
  addQuarantined(
    arrival: number,
    place: RecordPlace,
    raw: string,
    cells: Record<string, string | null> | null,
    findings: readonly Finding[],
  ): void
  take(bytesRead: number): Batch
}

/** The most characters of a raw value that a finding repeats; the quarantined row keeps all of them. */
const rawValueLimit = 1_000

/** A builder for the records of `file`; `hasKey` where the source has a staged key. */
export function createBatchBuilder(file: string, hasKey: boolean): BatchBuilder {
  let rows: StagedValue[][] = []
  let quarantined: unknown[] = []
  let findings: unknown[] = []
  let bytes = 0

  function addFindings(arrival: number, line: number, isQuarantined: number, found: readonly Finding[]): void {
    for (const [position, { field, rule, severity, message, rawValue }] of found.entries())
      findings.push([
        arrival,
        position,
        `${file}:${line}`,
        isQuarantined,
        field,
        rule,
        severity,
        message,
        rawValue?.slice(0, rawValueLimit) ?? null,
      ])
  }

  return {
    size: () => rows.length + quarantined.length + Math.floor(bytes / 1_000),
    addRow(arrival, line, recency, key, verdict) {
      rows.push(hasKey ? [arrival, line, recency, key, ...verdict.values] : [arrival, line, recency, ...verdict.values])
      if (verdict.findings.length > 0) addFindings(arrival, line, 0, verdict.findings)
    },
    addQuarantined(arrival, place, raw, cells, found) {
      quarantined.push([
        arrival,
        file,
        place.line,
        place.offset,
        '',
        raw,
        cells === null ? null : JSON.stringify(cells),
      ])
      bytes += raw.length
      addFindings(arrival, place.line, 1, found)
    },
    take(bytesRead) {
      const batch: Batch = {
        file,
        rows: JSON.stringify(rows),
        quarantined: JSON.stringify(quarantined),
        findings: JSON.stringify(findings),
        rowsRead: rows.length + quarantined.length,
        rowsQuarantined: quarantined.length,
        bytesRead,
      }
      rows = []
      quarantined = []
      findings = []
      bytes = 0
      return batch
    },
  }
}
