import type { StagedValue } from '../contract/compile-contract.ts'
import { noRecency } from '../contract/recency.ts'
import { compileRecordKey } from '../contract/record-key.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import { cellTypeOf, leastValues, type CellType, type ColumnProfile } from './column-profile.ts'
import { createCompanyCounter, type CompanyCounts } from './company-counts.ts'
import { createHasher } from '../metric/hash-values.ts'
import { createSketch, type Sketch } from './sketch.ts'

/** What the gates want to know of a file that was read; small, however large the file. */
export interface ObservedFile {
  /** The greatest recency of a sound row, in milliseconds; null where none has one. */
  readonly newest: number | null
  /** How many rows are not held back. */
  readonly sound: number
  /** The keys of the rows, and beside each the hash of the rest of its row. */
  readonly keys: Sketch
  /** The rows without their keys. */
  readonly contents: Sketch
  readonly columns: readonly ColumnProfile[]
  /** Null where companies are not judged, or there are too many. */
  readonly companies: CompanyCounts | null
}

/** Watches the records of one file as they are read. */
export interface FileObserver {
  /** A sound record, also one that nothing but a limit holds: what a person lets in says nothing of what was delivered. */
  row(key: string | null, values: readonly StagedValue[], recency: number): void
  /** A record that is held back for what is wrong with it: its key, null where it has none, was delivered all the same. */
  heldBack(key: string | null, values: readonly StagedValue[]): void
  /** A record whose cells are looked at closely, by column; called for those that `wantsCells` picks. */
  cells(named: Readonly<Record<string, string | null>>): void
  wantsCells(): boolean
  /** `columns`: the delivered ones, in their order. */
  take(columns: readonly string[]): ObservedFile
}

/** The first records of a file, and then one in a hundred, tell the types of its columns. */
const sampledFirst = 1_000
const sampledThen = 100

/** Makes observers for the files of a source. A row that has no key of its own column is known by the key that the contract names. */
export function compileFileObserver(contract: SourceContract): () => FileObserver {
  const keyOf = compileRecordKey(contract)
  const place = new Map(contract.staged.map((column, index) => [column.name, { index, type: column.type }]))
  const keyPlaces = contract.key.flatMap((name) => place.get(name)?.index ?? [])
  // When a record was touched says nothing of what it holds.
  const touched = contract.recency.flatMap((name) => {
    const column = place.get(name)
    return column?.type === 'timestamp' ? [column.index] : []
  })
  const skipped = new Set([...keyPlaces, ...touched])
  const hasher = createHasher()
  const companyPlace = contract.gates.per === null ? undefined : place.get(contract.gates.per)?.index

  return () => {
    const keys = createSketch()
    const contents = createSketch()
    const companies = companyPlace === undefined ? null : createCompanyCounter()
    const companyOf = (values: readonly StagedValue[]) => values[companyPlace ?? -1]
    const seen = new Map<string, { cells: Record<CellType, number>; values: Set<number> }>()
    let newest = noRecency
    let sound = 0
    let records = 0
    return {
      row(key, values, recency) {
        sound += 1
        if (recency > newest) newest = recency
        const content = hasher.values(values, skipped)
        contents.add(content, 0, 0)
        const text = key ?? keyOf(values)
        if (text !== null) keys.add(hasher.text(text), content, recency)
        companies?.sound(companyOf(values))
      },
      heldBack(key, values) {
        if (key !== null) keys.add(hasher.text(key), hasher.values(values, skipped), noRecency)
        companies?.heldBack(companyOf(values))
      },
      wantsCells() {
        records += 1
        return records <= sampledFirst || records % sampledThen === 0
      },
      cells(named) {
        for (const name of Object.keys(named)) {
          const text = named[name] ?? null
          const type = cellTypeOf(text)
          if (type === null || text === null) continue
          let column = seen.get(name)
          if (column === undefined) {
            column = { cells: { number: 0, date: 0, text: 0 }, values: new Set() }
            seen.set(name, column)
          }
          column.cells[type] += 1
          column.values.add(hasher.text(text) % 4_294_967_296)
          if (column.values.size > 4_096) column.values = new Set(leastValues(column.values))
        }
      },
      take: (columns) => ({
        newest: newest === noRecency ? null : newest,
        sound,
        keys: keys.take(),
        contents: contents.take(),
        columns: columns.map((name) => {
          const column = seen.get(name)
          return {
            name,
            cells: column?.cells ?? { number: 0, date: 0, text: 0 },
            values: leastValues(column?.values ?? []),
          }
        }),
        companies: companies?.take() ?? null,
      }),
    }
  }
}
