import { compileContract, type Verdict, type VerdictContext } from '../contract/compile-contract.ts'
import type { Finding } from '../contract/finding.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import { deliveredValue, wholeRecord, type Amendment, type Amendments } from './amendment.ts'
import { readMendedRecord, type RecordHeader } from './read-mended-record.ts'
import { compileIdentity, placeIdentity } from './record-identity.ts'

/** A record as its file gave it. */
export interface DeliveredRecord {
  readonly file: string
  readonly line: number
  readonly raw: string
  /** By normalised name; null where it could not be parsed. */
  readonly cells: Readonly<Record<string, string | null>> | null
  /** For CSV records that could not be parsed: how the file parts its cells. */
  readonly header: RecordHeader | null
}

/** What the source says of a correction's cell when it delivers the record again. */
export interface CorrectionNews {
  readonly amendmentId: number
  readonly status: 'applied' | 'retired' | 'conflict'
  readonly delivered: string | null
}

/** What becomes of a record, with the amendments of its identity. */
export interface Judgement {
  readonly identity: string
  readonly state: 'open' | 'discarded' | 'released' | 'waived'
  /** With corrections and waivers; its findings are errors only where the state is open. */
  readonly verdict: Verdict
  /** The cells as delivered, or as the record was written anew; null where it cannot be parsed. */
  readonly written: Readonly<Record<string, string | null>> | null
  /** The cells with their corrections; null where the record cannot be parsed. */
  readonly cells: Readonly<Record<string, string | null>> | null
  /** Whether an amendment counted for it. */
  readonly isAmended: boolean
  readonly news: readonly CorrectionNews[]
}

/** `hold`: why the record is held back although it may be good; a waiver of it counts. */
export type JudgeRecord = (record: DeliveredRecord, parseFinding: Finding | null, hold?: Finding | null) => Judgement

const noAmendments: readonly Amendment[] = []

/** Compiles the judge of a source's records with what people decided about them. `parseFinding` is the reason for a record that could not be parsed. */
export function compileRecordJudge(
  contract: SourceContract,
  context: VerdictContext,
  amendments: Amendments,
): JudgeRecord {
  const judge = compileContract(contract, context)
  const identify = compileIdentity(contract, context.nullWords)
  const inOrder = (cells: Readonly<Record<string, string | null>>) =>
    contract.fields.map((field) => cells[field.name] ?? null)

  function unparsable(record: DeliveredRecord, finding: Finding | null): Verdict {
    const message = 'This record cannot be parsed.'
    const known: Finding = { field: wholeRecord, rule: 'unparsable', severity: 'error', message, rawValue: record.raw }
    return { values: [], findings: [finding ?? known], isValid: false }
  }

  return (record, parseFinding, hold = null) => {
    const identity =
      (record.cells === null ? null : identify(inOrder(record.cells))) ?? placeIdentity(record.file, record.line)
    const own = amendments.get(identity) ?? noAmendments
    const whole = own.find(
      ({ kind, field, rawValue }) => kind === 'correct' && field === wholeRecord && rawValue === record.raw,
    )
    const written = whole === undefined ? record.cells : readMendedRecord(whole.newValue ?? '', record.header)
    const isDiscarded = own.some(({ kind, rawValue }) => kind === 'discard' && rawValue === record.raw)
    const base = { identity, written, isAmended: whole !== undefined || isDiscarded }
    if (written === null) {
      const verdict = unparsable(record, parseFinding)
      return { ...base, state: isDiscarded ? 'discarded' : 'open', verdict, cells: null, news: [] }
    }
    const { cells, used } = mendCells(written, own)
    const waived = new Set(
      own.flatMap(({ kind, field, rule, rawValue }) =>
        kind === 'waive' && deliveredValue(cells[field]) === rawValue ? [`${field}: ${rule}`] : [],
      ),
    )
    const verdict = withHold(judge(inOrder(cells), waived), hold, waived)
    const isWaived = verdict.isValid && verdict.findings.some(({ field, rule }) => waived.has(`${field}: ${rule}`))
    const state = isDiscarded ? 'discarded' : !verdict.isValid ? 'open' : isWaived ? 'waived' : 'released'
    const news = own.length === 0 ? [] : newsOf(own, used, written, () => judge(inOrder(written)))
    return { ...base, state, verdict, cells, isAmended: base.isAmended || used.size > 0 || isWaived, news }
  }
}

function withHold(verdict: Verdict, hold: Finding | null, waived: ReadonlySet<string>): Verdict {
  if (hold === null) return verdict
  const isWaived = waived.has(`${hold.field}: ${hold.rule}`)
  const finding: Finding = { ...hold, severity: isWaived ? 'warning' : 'error' }
  return { ...verdict, findings: [...verdict.findings, finding], isValid: verdict.isValid && isWaived }
}

/** The cells with the corrections made for just these values, and the corrections that counted. */
export function mendCells(
  delivered: Readonly<Record<string, string | null>>,
  amendments: readonly Amendment[],
): { readonly cells: Readonly<Record<string, string | null>>; readonly used: ReadonlySet<number> } {
  const used = new Set<number>()
  let cells = delivered
  for (const { id, kind, field, rawValue, newValue } of amendments) {
    if (kind !== 'correct' || field === wholeRecord || deliveredValue(delivered[field]) !== rawValue) continue
    if (cells === delivered) cells = Object.assign(Object.create(null) as Record<string, string | null>, delivered)
    ;(cells as Record<string, string | null>)[field] = newValue
    used.add(id)
  }
  return { cells, used }
}

/** How the corrections of a record stand against what was delivered now: of those of a field the one that counted, else the latest. */
function newsOf(
  amendments: readonly Amendment[],
  used: ReadonlySet<number>,
  delivered: Readonly<Record<string, string | null>>,
  judgeDelivered: () => Verdict,
): readonly CorrectionNews[] {
  // A correction to what was delivered says that the source is right: it speaks no more.
  const corrections = amendments.filter(
    ({ kind, field, rawValue, newValue }) => kind === 'correct' && field !== wholeRecord && rawValue !== newValue,
  )
  let asDelivered: Verdict | null = null
  return [...Map.groupBy(corrections, ({ field }) => field)].flatMap(([field, own]): CorrectionNews[] => {
    const counted = own.find(({ id }) => used.has(id))
    if (counted !== undefined) return [{ amendmentId: counted.id, status: 'applied', delivered: counted.rawValue }]
    const latest = own.at(-1)
    if (latest === undefined) return []
    const value = deliveredValue(delivered[field])
    asDelivered ??= judgeDelivered()
    const isWrong = asDelivered.findings.some((finding) => finding.field === field && finding.severity === 'error')
    const isGood = latest.wasWrong ? !isWrong : value === deliveredValue(latest.newValue)
    return [{ amendmentId: latest.id, status: isGood ? 'retired' : 'conflict', delivered: value }]
  })
}
