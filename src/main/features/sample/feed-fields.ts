import { beginDraws, draw, saltOf, type Draws } from './draws.ts'
import { readColumn } from './read-column.ts'
import type { FeedSpec, FieldSpec } from './sample-schema.ts'
import type { SampleTable, SampleWorld } from './sample-table.ts'
import { styleOf, stylesOf } from './styles.ts'
import type { Value } from './value-type.ts'
import { choose, weighted, weightedRecord } from './weighted.ts'

export interface FeedField {
  readonly name: string
  /** The cell of a row, by the draws that belong to `key`: as a feed would write it, or a word for "no value". */
  readonly write: (row: readonly Value[], key: number, draws: Draws) => string
}

/** Compiles how the cells of a feed are written. */
export function feedFields(world: SampleWorld, table: SampleTable, feed: FeedSpec): FeedField[] {
  const nulls = weightedRecord(world.spec.nulls)
  return Object.entries(feed.fields).map(([name, field]) => {
    const { read, type } = readColumn(world, table, field.column ?? name)
    const salt = saltOf(`cell ${name}`, world.seed)
    const names = field.styles ?? { [stylesOf(type)[0] ?? '']: 1 }
    const styles = weighted(
      Object.keys(names).map((style) => styleOf(type, style)),
      Object.values(names),
    )
    const [only, another] = styles.values
    const vary = variants(field)
    const isFixed = only && !another && !field.variants
    return {
      name,
      write: (row, key, draws) => {
        const value = read(row)
        if (isFixed && value !== null) return only(value)
        beginDraws(draws, key, salt)
        return value === null ? choose(nulls, draws) : choose(styles, draws)(vary(value, draws))
      },
    }
  })
}

function variants({ variants: given }: FieldSpec): (value: string | number, draws: Draws) => string | number {
  if (!given) return (value) => value
  const others = new Map<unknown, readonly string[]>(Object.entries(given.of))
  return (value, draws) => {
    const spellings = others.get(value)
    if (!spellings || draw(draws) >= given.share) return value
    return spellings[Math.floor(draw(draws) * spellings.length)] ?? value
  }
}
