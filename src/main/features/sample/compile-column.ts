import { draw, saltOf } from './draws.ts'
import { makeDate, makeDaysAfter, makeInstant, makeMoney } from './number-makers.ts'
import { makeFairShare, makePick } from './pick-makers.ts'
import type { ColumnSpec, TableSpec } from './sample-schema.ts'
import type { Maker, SampleColumn, SampleTable, SampleWorld } from './sample-table.ts'
import { readColumn } from './read-column.ts'
import { makeAnyOf, makeDigits, makeSequence, makeTemplate } from './text-makers.ts'
import { literal, valueTypeOf, type Value, type ValueType } from './value-type.ts'
import { choose, weightedRecord } from './weighted.ts'

interface Place {
  readonly name: string
  readonly slot: number
  /** The table whose first rows are given; null for columns that are made again in a file. */
  readonly from: TableSpec | null
}

/** Compiles how a column is made; the columns that it is made of are compiled already. */
export function compileColumn(world: SampleWorld, table: SampleTable, place: Place, given: ColumnSpec): SampleColumn {
  const { name, slot } = place
  const type = valueTypeOf(world.spec, table.name, given) ?? 'text'
  const salt = saltOf(place.from ? name : `${name} again ${JSON.stringify(given)}`, world.seed)
  const maker = withNulls(compileKind(world, table, given, salt), given.null_share)
  const isDrawn = given.null_share > 0 || !isCertain(given)
  return { name, type, slot, salt, isDrawn, make: withFirst(maker, name, type, place.from) }
}

function compileKind(world: SampleWorld, table: SampleTable, given: ColumnSpec, salt: number): Maker {
  if (given.constant !== undefined) return always(given.constant)
  if (given.sequence) return makeSequence(given.sequence)
  if (given.digits) return makeDigits(given.digits, salt)
  if (given.choice) {
    const choices = weightedRecord(given.choice)
    return (_row, _index, draws) => choose(choices, draws)
  }
  if (given.any_of) return makeAnyOf(given.any_of, world.spec.lists, salt)
  if (given.template !== undefined) return makeTemplate(given.template, world, table)
  if (given.same_as !== undefined) {
    const { read } = readColumn(world, table, given.same_as)
    return (row) => read(row)
  }
  if (given.date) return makeDate(given.date)
  if (given.days_after) return makeDaysAfter(given.days_after, world, table)
  if (given.instant) return makeInstant(given.instant, world, table)
  if (given.money) return makeMoney(given.money, world, table)
  if (given.fair_share) return makeFairShare(given.fair_share, world, table)
  if (given.pick) return makePick(given.pick, world, table)
  throw new Error(`a column of ${table.name} is made of nothing`)
}

function isCertain({ constant, sequence, same_as: sameAs, template }: ColumnSpec): boolean {
  return constant !== undefined || sequence !== undefined || sameAs !== undefined || typeof template === 'string'
}

function always(value: Value): Maker {
  return () => value
}

function withNulls(make: Maker, share: number): Maker {
  return share === 0 ? make : (row, index, draws) => (draw(draws) < share ? null : make(row, index, draws))
}

function withFirst(make: Maker, name: string, type: ValueType, from: TableSpec | null): Maker {
  const given = (from?.first ?? []).map((row) => (row[name] === undefined ? undefined : literal(type, row[name])))
  return given.every((value) => value === undefined)
    ? make
    : (row, index, draws) => given[index] ?? make(row, index, draws)
}
