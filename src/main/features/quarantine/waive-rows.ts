import { AppError } from '../../kernel/app-error.ts'
import { deliveredValue } from '../../pipeline/amendment/amendment.ts'
import { parseDate } from '../../pipeline/contract/parse-date.ts'
import { decide, type Decided } from './decide.ts'
import type { Desk } from './desk.ts'
import type { RowTarget } from './protocol.ts'

export interface WaiverTerms {
  readonly owner: string
  readonly reason: string
  readonly expires_on: string | null
}

/** Accepts rows as they are until a day: the rules that they break now are not held against these values. */
export async function waiveRows(
  desk: Desk,
  target: RowTarget,
  { owner, reason, expires_on }: WaiverTerms,
): Promise<Decided> {
  const expiresOn = expires_on === null ? null : parseDate(expires_on)
  if (expiresOn === undefined || (expiresOn !== null && expiresOn <= desk.asOf()))
    throw new AppError('USAGE', `${expires_on} is not a day after the day of the published run.`, {
      place: { field: 'expires_on' },
      saved: 'Nothing was changed.',
      hint: 'Name a later day as YYYY-MM-DD, or none for a waiver without an end.',
    })
  const until = expires_on === null ? 'without an end' : `until ${expires_on}`
  const what = `Waived, owner ${owner}, ${until}`
  return decide(desk, target, { kind: 'waive', what, reason }, (record, { state, verdict, cells }) => {
    if (state !== 'open') return { leftAlone: 'Nothing is held against it any more.' }
    const comparisons = new Set(
      desk
        .contractOf(record.source)
        .fields.flatMap(({ name, comparisons: rules }) => rules.map((rule) => `${name}: ${rule.name}`)),
    )
    const errors = verdict.findings.filter(({ severity }) => severity === 'error')
    // What cannot be typed cannot be staged, whoever accepts it.
    const untyped = errors.find(({ field, rule }) => !comparisons.has(`${field}: ${rule}`))
    if (untyped !== undefined)
      return { leftAlone: `${untyped.field}: ${untyped.rule} cannot be waived: it gives no value to stage.` }
    return {
      amendments: errors.map(({ field, rule }) => ({
        field,
        rule,
        rawValue: deliveredValue(cells?.[field]),
        expiresOn,
      })),
    }
  })
}

/** Leaves rows out on purpose, just these records: another text of the same key is judged for itself. */
export function discardRows(desk: Desk, target: RowTarget, reason: string): Promise<Decided> {
  return decide(desk, target, { kind: 'discard', what: 'Discarded', reason }, (record, { state }) => {
    if (state === 'discarded') return { leftAlone: 'It was discarded before.' }
    if (record.state !== 'open') return { leftAlone: 'It has left the quarantine: undo what released it first.' }
    return { amendments: [{ rawValue: record.raw }] }
  })
}
