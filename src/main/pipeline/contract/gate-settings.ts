/** How the gates before a source's deliveries are set, from its contract. */
export interface GateSettings {
  /** In days between the newest row, or the newest file where that is older, and the run's as-of date; null where the contract asks for nothing. */
  readonly freshness: {
    readonly warn_after?: number | undefined
    readonly error_after?: number | undefined
    /** warn: a stale delivery is told and taken; error: beyond `error_after` it is held. */
    readonly severity: 'warn' | 'error'
  } | null
  /** snapshot: all that there is every time; increment: what is new; null: what the deliveries show. */
  readonly delivery: 'snapshot' | 'increment' | null
  /** What may happen to the columns: evolve: new ones warn; freeze: any change holds; discard: new ones do not matter. */
  readonly columns: 'evolve' | 'freeze' | 'discard'
  /** The column whose values, such as companies, are judged and held each by itself; null where only the delivery as a whole is. */
  readonly per: string | null
}
