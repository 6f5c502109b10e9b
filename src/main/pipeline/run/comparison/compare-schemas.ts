import type { Connection } from '../../../store/database.ts'
import { isSeenBy } from '../../../store/versioned-table.ts'
import { wholeRelation } from '../../metric/metric-records.ts'
import type { RunPair } from './shapes.ts'

export interface SchemaChange {
  readonly relation: string
  readonly column: string
  readonly change: 'added' | 'removed' | 'type'
  readonly before: string | null
  readonly after: string | null
}

/** The columns that sources and models have at one of two runs alone, or with another type. */
export function compareSchemas(connection: Connection, { a, b }: RunPair): readonly SchemaChange[] {
  const [before, after] = [columnsAt(connection, a), columnsAt(connection, b)]
  const relationsOf = (columns: ReadonlyMap<string, string>) =>
    new Set([...columns.keys()].map((place) => place.split('\n')[0]))
  const [known, still] = [relationsOf(before), relationsOf(after)]
  return [...new Set([...before.keys(), ...after.keys()])].toSorted().flatMap((place) => {
    const [one, other] = [before.get(place), after.get(place)]
    const [relation = '', column = ''] = place.split('\n')
    // A relation that is new as a whole, or gone, shows among the row counts.
    if (one === other || !known.has(relation) || !still.has(relation)) return []
    const change = one === undefined ? 'added' : other === undefined ? 'removed' : 'type'
    return [{ relation, column, change, before: one ?? null, after: other ?? null } as const]
  })
}

function columnsAt(connection: Connection, run: number): ReadonlyMap<string, string> {
  const rows = connection
    .prepare(
      `SELECT relation || char(10) || column_name AS place, type FROM assay_metric
      WHERE scope = 'state' AND column_name <> '${wholeRelation}' AND ${isSeenBy(run)}`,
    )
    .all() as { place: string; type: string }[]
  return new Map(rows.map(({ place, type }) => [place, type]))
}
