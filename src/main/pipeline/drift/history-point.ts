/** A metric as one run measured it. */
export interface HistoryPoint {
  readonly run: number
  /** Days since 1970-01-01. */
  readonly day: number
  readonly value: number
  /** Of how many rows it was taken, where that is why it varies: of fewer rows it varies more. */
  readonly rows?: number
  /**
   * What a person said of it: an `incident` and an `expected` change that happens once teach nothing; at a `new_level` what came before is moved
   * to it; a `clean` value teaches however odd it looks. Null where nobody said anything.
   */
  readonly label: 'incident' | 'expected' | 'new_level' | 'clean' | null
}

/** The most points that are learned from: four ends of a month; older ones tell little of today. */
const mostPoints = 126

/** What may be learned from for a run: earlier runs that were as they should be, each once, in the order of runs. */
export function usablePoints(history: readonly HistoryPoint[], run: number): readonly HistoryPoint[] {
  const usable = history.filter(
    (point) =>
      point.run < run && point.label !== 'incident' && point.label !== 'expected' && Number.isFinite(point.value),
  )
  const byRun = new Map(usable.map((point) => [point.run, point]))
  return [...byRun.values()].toSorted((a, b) => a.run - b.run).slice(-mostPoints)
}
