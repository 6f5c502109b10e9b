import type { Finding } from './finding.ts'

/** How much of a source is taken in: the first rows of each delivery, and not the rows of some companies. */
export interface IngestionLimit {
  /** Rows that a run reads of the source; null for all. */
  readonly maxRows: number | null
  /** In the normal form of the project. */
  readonly companies: readonly string[]
}

/** The companies whose rows are held, and the staged column that names the company. */
export interface HeldCompanies {
  readonly column: string
  readonly values: readonly string[]
}

/** The rule that a row breaks which a limit holds back. */
export const heldByLimit = 'held_by_limit'

/** Why a row of a held company is held. */
export const heldCompanyMessage = 'Rows of this company are held back by a limit that a person set on the source.'

/** Why a row behind the first ones of a delivery is held; it is about the record as a whole. */
export const heldRow: Finding = {
  field: 'row',
  rule: heldByLimit,
  severity: 'error',
  message: 'The source is limited to fewer rows a run than were delivered; this one came after them.',
  rawValue: null,
}
