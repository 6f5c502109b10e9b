/** A distinct value of a field. */
export interface CountedValue {
  readonly value: string
  /** The rows that have it. */
  readonly count: number
}
