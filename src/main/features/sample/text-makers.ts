import { draw, mix, type Draws } from './draws.ts'
import { readColumn } from './read-column.ts'
import type { ColumnSpec, SampleSpec } from './sample-schema.ts'
import type { Maker, SampleTable, SampleWorld } from './sample-table.ts'
import { styleOf, stylesOf } from './styles.ts'
import { placeholders, type Value } from './value-type.ts'
import { choose, weighted } from './weighted.ts'

type Kind<Key extends keyof ColumnSpec> = NonNullable<ColumnSpec[Key]>

/** Numbers that count up with the rows. */
export function makeSequence({ prefix, start, digits }: Kind<'sequence'>): Maker {
  return (_row, index) => prefix + String(start + index).padStart(digits, '0')
}

/** Random digits, always so many. */
export function makeDigits({ length, distinct }: Kind<'digits'>, salt: number): Maker {
  const place = placeIn(10 ** length, distinct, salt)
  return (_row, index, draws) => String(place(index, draws)).padStart(length, '0')
}

/** A word from each list. */
export function makeAnyOf({ lists, join, distinct }: Kind<'any_of'>, known: SampleSpec['lists'], salt: number): Maker {
  const words = lists.map((list) => known[list] ?? [])
  const combinations = words.reduce((product, list) => product * list.length, 1)
  const place = placeIn(combinations, distinct, salt)
  return (_row, index, draws) => {
    let rest = place(index, draws)
    let text = ''
    for (const list of words) {
      text += (text === '' ? '' : join) + (list[rest % list.length] ?? '')
      rest = Math.floor(rest / list.length)
    }
    return text
  }
}

/** Text with the values of other columns in it. */
export function makeTemplate(given: Kind<'template'>, world: SampleWorld, table: SampleTable): Maker {
  if (typeof given === 'string') return fillTemplate(given, world, table)
  const templates = Object.keys(given).map((template) => fillTemplate(template, world, table))
  const choices = weighted(templates, Object.values(given))
  return (row, index, draws) => choose(choices, draws)(row, index, draws)
}

function fillTemplate(template: string, world: SampleWorld, table: SampleTable): Maker {
  const between = template.split(/\{[^{}]*\}/)
  const readers = placeholders(template).map(({ path, filter }) => {
    const { type, read } = readColumn(world, table, path)
    const style = styleOf(type, stylesOf(type)[0] ?? 'plain')
    return (row: readonly Value[]): string => {
      const value = read(row)
      const text = value === null ? '' : style(value)
      if (filter === '') return text
      return filter === 'lower' ? text.toLowerCase() : text.toLowerCase().replace(/[^a-z0-9]/g, '')
    }
  })
  return (row) => {
    let text = between[0] ?? ''
    for (let index = 0; index < readers.length; index += 1) text += readers[index]!(row) + (between[index + 1] ?? '')
    return text
  }
}

/**
 * A place among `size`: by chance, or by steps that share no factor with the size, which come to every place once before they
 * come to one again.
 */
function placeIn(size: number, isDistinct: boolean, salt: number): (index: number, draws: Draws) => number {
  if (!isDistinct) return (_index, draws) => Math.floor(draw(draws) * size)
  // Kept small, so that step x index is exact.
  const offset = (mix(salt) >>> 0) % size
  let step = ((mix(salt ^ 1) >>> 0) % Math.min(size, 4_000_000)) | 1
  while (greatestCommonDivisor(step, size) > 1) step += 2
  return (index) => (index * step + offset) % size
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
