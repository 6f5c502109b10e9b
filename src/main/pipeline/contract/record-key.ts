import type { StagedValue } from './compile-contract.ts'
import type { SourceContract } from './source-contract.ts'

/** Parts of a composed key; cannot stand in a cell's trimmed text at the beginning, so a composed key equals no plain one. */
const separator = '\u001f'

/** A function that gives the text by which records of the source are the same; null where a part of the key is missing. */
export function compileRecordKey(contract: SourceContract): (values: readonly StagedValue[]) => string | null {
  const columnsOf = (names: readonly string[]) =>
    names.map((name) => contract.staged.findIndex((column) => column.name === name))
  const key = columnsOf(contract.key)
  const fallback = contract.fallbackKey === null ? null : columnsOf(contract.fallbackKey)
  const [only = -1] = key
  if (key.length === 1 && fallback === null)
    return (values) => {
      const value = values[only] ?? null
      return value === null ? null : String(value)
    }
  const joined = (columns: readonly number[], values: readonly StagedValue[]) => {
    const parts = columns.map((column) => values[column] ?? null)
    return parts.includes(null) ? null : parts.join(separator)
  }
  return (values) => {
    const own = joined(key, values)
    if (own !== null || fallback === null) return own
    const other = joined(fallback, values)
    return other === null ? null : separator + other
  }
}
