/** A decision of a person about one record of a source, in force. */
export interface Amendment {
  readonly id: number
  /**
   * correct: where the cell `field` is delivered as `rawValue` it counts as `newValue`; under `row` the whole record does. waive: the
   * rule of the field is not held against the cell. discard: the record whose text is `rawValue` is left out.
   */
  readonly kind: 'correct' | 'waive' | 'discard'
  readonly field: string
  readonly rule: string
  /** Trimmed; null for an absent or empty cell. */
  readonly rawValue: string | null
  readonly newValue: string | null
  /** Whether the delivered value broke a rule. */
  readonly wasWrong: boolean
}

/** The amendments of one source by the identity of the record; of one cell the latest alone. */
export type Amendments = ReadonlyMap<string, readonly Amendment[]>

/** The field under which the record as a whole is corrected. */
export const wholeRecord = 'row'

/** A delivered cell as amendments know it: white space around it means nothing, an empty cell is none. */
export function deliveredValue(cell: string | null | undefined): string | null {
  const text = cell?.trim() ?? ''
  return text === '' ? null : text
}
