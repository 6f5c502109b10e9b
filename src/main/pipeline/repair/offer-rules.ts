/** A correction that is in force. */
export interface MadeCorrection {
  readonly source: string
  readonly field: string
  readonly raw_value: string | null
  readonly new_value: string
  /** The record, so that it counts once; each correction is of another record where it is not given. */
  readonly identity?: string
}

/** A repair rule that may be adopted: wherever a source delivers `from` in a field, `to` is meant. */
export interface RuleOffer {
  readonly source: string
  readonly field: string
  readonly from: string
  readonly to: string
  /** The records that were corrected so. */
  readonly times: number
}

/**
 * The repair rules that corrections suggest, the most frequent first: where the same value of a field was corrected to the same other
 * value on `minimum` records. None where people corrected it as often to something else, nor for the whole record or a missing value.
 */
export function offerRules(corrections: readonly MadeCorrection[], minimum = 3): readonly RuleOffer[] {
  const offers = new Map<string, { readonly offer: Omit<RuleOffer, 'times'>; readonly records: Set<string> }>()
  for (const [number, { source, field, raw_value: raw, new_value: to, identity }] of corrections.entries()) {
    const from = raw?.trim() ?? ''
    if (field === 'row' || from === '' || from === to.trim()) continue
    const key = JSON.stringify([source, field, from, to])
    const known = offers.get(key) ?? { offer: { source, field, from, to }, records: new Set() }
    offers.set(key, known)
    known.records.add(identity ?? `correction ${number}`)
  }
  const all = [...offers.values()].map(({ offer, records }) => ({ ...offer, times: records.size }))
  const rivals = Map.groupBy(all, ({ source, field, from }) => JSON.stringify([source, field, from]))
  return [...rivals.values()]
    .flatMap((same) => {
      const [first, second] = same.toSorted((one, other) => other.times - one.times)
      return first === undefined || first.times < minimum || first.times === second?.times ? [] : [first]
    })
    .toSorted((one, other) => other.times - one.times)
}
