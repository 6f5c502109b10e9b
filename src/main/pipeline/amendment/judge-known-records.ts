import type { Connection } from '../../store/database.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import type { VerdictContext } from '../contract/compile-contract.ts'
import type { Finding } from '../contract/finding.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import type { Amendments } from './amendment.ts'
import { compileRecordJudge, type DeliveredRecord, type Judgement } from './judge-record.ts'
import type { RecordHeader } from './read-mended-record.ts'

/** A record that the workspace keeps as it was delivered. */
export interface KnownRecord extends DeliveredRecord {
  readonly arrival: number
  readonly source: string
  readonly identity: string
  readonly company: string | null
  /** How it stands in that state. */
  readonly state: Judgement['state']
  /** Why it could not be parsed; null where it could. */
  readonly parseFinding: Finding | null
}

interface RecordRow {
  readonly arrival: number
  readonly source: string
  readonly identity: string
  readonly company: string | null
  readonly file: string
  readonly line: number
  readonly raw: string
  readonly cells: string | null
  readonly header: string | null
  readonly state: Judgement['state']
}

const pageSize = 500

/** The records with these arrival numbers, page by page in their order, as run `seenBy` sees them, or as they are living where it is null. */
export function* readKnownPages(
  connection: Connection,
  arrivals: readonly number[],
  seenBy: number | null,
): Generator<readonly KnownRecord[]> {
  const page = connection.prepare(`
    SELECT r.arrival, r.source, r.identity, r.company, r.file, r.line, r.raw, r.cells, r.header, q.state FROM json_each(?) AS j
    CROSS JOIN assay_record AS r ON r.arrival = j.value
    CROSS JOIN assay_quarantine AS q ON q.arrival = r.arrival AND ${seenBy === null ? 'q.to_run IS NULL' : isSeenBy(seenBy, 'q')}`)
  const parseFindingOf = connection.prepare(
    `SELECT field, rule, severity, message, raw_value AS rawValue FROM assay_finding WHERE arrival = ? AND field = 'row' ORDER BY version DESC LIMIT 1`,
  )
  for (let from = 0; from < arrivals.length; from += pageSize) {
    const rows = page.all(JSON.stringify(arrivals.slice(from, from + pageSize))) as RecordRow[]
    yield rows.map((row) => ({
      ...row,
      cells: row.cells === null ? null : (JSON.parse(row.cells) as Record<string, string | null>),
      header: row.header === null ? null : (JSON.parse(row.header) as RecordHeader),
      parseFinding: row.cells === null ? ((parseFindingOf.get(row.arrival) ?? null) as Finding | null) : null,
    }))
  }
}

/** The same, record by record. */
export function* readKnownRecords(
  connection: Connection,
  arrivals: readonly number[],
  seenBy: number | null,
): Generator<KnownRecord> {
  for (const page of readKnownPages(connection, arrivals, seenBy)) yield* page
}

/** Judges known records of any source, each with the amendments of its own. */
export function createRecordJudges(
  contracts: ReadonlyMap<string, SourceContract>,
  contextOf: (source: string) => VerdictContext,
  amendments: ReadonlyMap<string, Amendments>,
): (record: KnownRecord) => Judgement {
  const judges = new Map(
    [...contracts.values()].map((contract) => [
      contract.name,
      compileRecordJudge(contract, contextOf(contract.name), amendments.get(contract.name) ?? new Map()),
    ]),
  )
  return (record) => {
    const judge = judges.get(record.source)
    if (judge === undefined) throw new Error(`no contract for the source ${record.source}`)
    return judge(record, record.parseFinding)
  }
}
