import { parseAmount } from '../contract/parse-amount.ts'
import { parseDate } from '../contract/parse-date.ts'

export type CellType = 'number' | 'date' | 'text'

/** What a sample of the cells of a delivered column showed. */
export interface ColumnProfile {
  readonly name: string
  /** Sampled cells that hold something, by type. */
  readonly cells: Readonly<Record<CellType, number>>
  /** The least hashes of the sampled values. */
  readonly values: readonly number[]
}

const valuesKept = 64

/** The type that a cell's text seems to have; null where it is empty. */
export function cellTypeOf(text: string | null): CellType | null {
  const trimmed = text?.trim() ?? ''
  if (trimmed === '') return null
  if (/^-?[\d.]+$/.test(trimmed) || parseAmount(trimmed) !== undefined) return 'number'
  return parseDate(trimmed) === undefined ? 'text' : 'date'
}

/** The type of most of a column's cells, and their share; null where nearly none was seen. */
export function mainTypeOf({ cells }: ColumnProfile): { readonly type: CellType; readonly share: number } | null {
  const total = cells.number + cells.date + cells.text
  if (total < leastCells) return null
  const types = ['number', 'date', 'text'] as const
  const type = types.reduce((most, other) => (cells[other] > cells[most] ? other : most))
  return { type, share: cells[type] / total }
}

const leastCells = 20

/** Profiles of several files' columns as of one feed, in the order of their first appearance. */
export function mergeProfiles(files: readonly (readonly ColumnProfile[])[]): readonly ColumnProfile[] {
  return [...Map.groupBy(files.flat(), ({ name }) => name)].map(([name, profiles]) => {
    const sum = (type: CellType) => profiles.reduce((total, { cells }) => total + cells[type], 0)
    return {
      name,
      cells: { number: sum('number'), date: sum('date'), text: sum('text') },
      values: leastValues(profiles.flatMap(({ values }) => values)),
    }
  })
}

/** The least of the hashes, each once. */
export function leastValues(values: Iterable<number>): readonly number[] {
  return [...new Set(values)].toSorted((a, b) => a - b).slice(0, valuesKept)
}
