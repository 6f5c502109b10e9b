import type { Connection } from '../../store/database.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import type { Amendment, Amendments } from './amendment.ts'

interface AmendmentRow {
  readonly amendment_id: number
  readonly kind: Amendment['kind']
  readonly source: string
  readonly identity: string
  readonly field: string
  readonly rule: string
  readonly raw_value: string | null
  readonly new_value: string | null
  readonly was_wrong: number
}

/** Which amendments count: those that people made and did not undo, those that the living state was made with, or the state of a run. */
export type AmendmentState = 'in force' | 'living' | { readonly appliedIn: number }

function joinOf(state: AmendmentState): string {
  if (state === 'in force')
    return 'JOIN assay_operation AS o ON o.operation_id = a.operation_id AND o.undone_by IS NULL'
  const seen = state === 'living' ? 'p.to_run IS NULL' : isSeenBy(state.appliedIn, 'p')
  return `JOIN assay_applied AS p ON p.amendment_id = a.amendment_id AND ${seen}`
}

/** The amendments of every source as they count on a day (days since 1970-01-01); of one cell the latest alone, of waivers those not expired; `only` narrows it to one record. */
export function loadAmendments(
  connection: Connection,
  state: AmendmentState,
  asOf: number,
  only: { readonly source: string; readonly identity: string } | null = null,
): ReadonlyMap<string, Amendments> {
  const narrowed = only === null ? '' : 'AND a.source = ? AND a.identity = ?'
  const rows = connection
    .prepare(
      `SELECT a.amendment_id, a.kind, a.source, a.identity, a.field, a.rule, a.raw_value, a.new_value, a.was_wrong
      FROM assay_amendment AS a ${joinOf(state)}
      WHERE (a.expires_on IS NULL OR a.expires_on > ?) ${narrowed} ORDER BY a.amendment_id`,
    )
    .iterate(asOf, ...(only === null ? [] : [only.source, only.identity])) as IterableIterator<AmendmentRow>
  const sources = new Map<string, Map<string, Map<string, Amendment>>>()
  for (const row of rows) {
    const identities = sources.get(row.source) ?? new Map<string, Map<string, Amendment>>()
    sources.set(row.source, identities)
    const cells = identities.get(row.identity) ?? new Map<string, Amendment>()
    identities.set(row.identity, cells)
    cells.set(JSON.stringify([row.kind, row.field, row.rule, row.raw_value]), {
      id: row.amendment_id,
      kind: row.kind,
      field: row.field,
      rule: row.rule,
      rawValue: row.raw_value,
      newValue: row.new_value,
      wasWrong: row.was_wrong === 1,
    })
  }
  return new Map(
    [...sources].map(([source, identities]) => [
      source,
      new Map([...identities].map(([identity, cells]) => [identity, [...cells.values()]])),
    ]),
  )
}
