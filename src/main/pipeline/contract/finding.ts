/** One broken rule of one record. */
export interface Finding {
  readonly field: string
  readonly rule: string
  readonly severity: 'error' | 'warning'
  /** A sentence for a person; holds no value of the row. */
  readonly message: string
  /** The cell as delivered; null where it was absent. */
  readonly rawValue: string | null
}
