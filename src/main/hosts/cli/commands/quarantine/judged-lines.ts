import type { OutputOf } from '#protocol/method'
import type { QuarantineReason, quarantineMethods } from '#features/quarantine'
import { section } from '../../output/table.ts'

/** Reasons as a table under a heading. */
export function reasonLines(title: string, reasons: readonly QuarantineReason[]): readonly string[] {
  return section(
    title,
    [{ title: 'field' }, { title: 'rule' }, { title: 'severity' }, { title: 'cell' }, { title: 'why' }],
    reasons.map((reason) => [reason.field, reason.rule, reason.severity, reason.raw_value ?? '', reason.message]),
  )
}

/** What the contract says of a record: what it becomes, or what is wrong with it. */
export function judgedLines(judged: OutputOf<typeof quarantineMethods.check>): readonly string[] {
  const becomes = section(
    'Becomes',
    [{ title: 'column' }, { title: 'type' }, { title: 'value' }],
    judged.typed.map(({ column, type, value }) => [column, type, value ?? '']),
  )
  return [...reasonLines(judged.is_valid ? 'Remarks' : 'Still wrong', judged.reasons), ...becomes]
}
