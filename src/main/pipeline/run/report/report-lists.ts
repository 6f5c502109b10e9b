/** The first rows of a list, and how many there are in all. */
export interface Listed<Item> {
  readonly items: readonly Item[]
  readonly total: number
}

/** Rules and companies with the most rows that are held back. */
export interface Offenders {
  readonly rules: Listed<{
    readonly source: string
    readonly field: string
    readonly rule: string
    readonly rows: number
    readonly fresh: number
    readonly companies: number
    /** The company with the most of them. */
    readonly worst: { readonly company: string; readonly rows: number } | null
    readonly values: readonly { readonly value: string; readonly rows: number }[]
  }>
  readonly companies: Listed<{
    readonly company: string
    readonly rows: number
    readonly fresh: number
    readonly reason: string
  }>
}

/** What people decided. */
export interface Decisions {
  /** The run of which earlier decisions were known; 0 where there was none. */
  readonly since: number
  readonly operations: Listed<{
    readonly operation: number
    readonly what: string
    readonly who: string
    readonly at: string
    readonly reason: string
    readonly rows: number
    readonly isUndone: boolean
    readonly changes: readonly {
      readonly place: string
      readonly before: string
      readonly after: string
      readonly rows: number
    }[]
  }>
  readonly waivers: readonly {
    readonly operation: number
    readonly what: string
    readonly rules: string
    readonly who: string
    readonly at: string
    readonly reason: string
    readonly rows: number
    readonly expires: string | null
  }[]
  readonly letThrough: readonly {
    readonly what: string
    readonly said: string
    readonly who: string
    readonly at: string
    readonly reason: string
  }[]
  readonly held: readonly { readonly place: string; readonly check: string; readonly since: number }[]
}
