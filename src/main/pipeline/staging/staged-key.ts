import type { StagedValue } from '../contract/compile-contract.ts'
import type { SourceContract } from '../contract/source-contract.ts'

/** Parts of a composed key; cannot stand in a cell's trimmed text at the beginning, so a composed key equals no plain one. */
const separator = '\u001f'

/** A function that gives the text by which rows of the source are the same; null where the contract's key columns say it themselves. */
export function compileStagedKey(contract: SourceContract): ((values: readonly StagedValue[]) => string) | null {
  const { fallbackKey } = contract
  if (fallbackKey === null) return null
  const columnsOf = (names: readonly string[]) =>
    names.map((name) => contract.staged.findIndex((column) => column.name === name))
  const key = columnsOf(contract.key)
  const fallback = columnsOf(fallbackKey)
  return (values) => {
    const own = key.map((column) => values[column] ?? null)
    if (!own.includes(null)) return own.join(separator)
    return separator + fallback.map((column) => values[column] ?? '').join(separator)
  }
}
