import type { StagedValue } from './compile-contract.ts'
import type { SourceContract } from './source-contract.ts'

/** Less recent than every instant: the recency of a row that has none. */
export const noRecency = -8_640_000_000_000_000

/** A function that tells how recent a staged row is: milliseconds since 1970-01-01 UTC; a date counts as its midnight. */
export function compileRecency(contract: SourceContract): (values: readonly StagedValue[]) => number {
  const parts = contract.recency.map((name) => {
    const column = contract.staged.findIndex((staged) => staged.name === name)
    return { column, scale: contract.staged[column]?.type === 'date' ? 86_400_000 : 1 }
  })
  return (values) => {
    for (const { column, scale } of parts) {
      const value = values[column]
      if (typeof value === 'number') return value * scale
    }
    return noRecency
  }
}
