import { draw, drawWhole, type Draws } from './draws.ts'
import { readColumn } from './read-column.ts'
import type { ColumnSpec } from './sample-schema.ts'
import type { Maker, SampleTable, SampleWorld } from './sample-table.ts'
import { choose, weighted } from './weighted.ts'

type Kind<Key extends keyof ColumnSpec> = NonNullable<ColumnSpec[Key]>

const millisecondsPerDay = 86_400_000
const millisecondsPerHour = 3_600_000

/** A day of a range, some weekdays and months likelier than others. */
export function makeDate({ from, to, weekdays, months }: Kind<'date'>): Maker {
  const days = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  const odds = days.map((day) => {
    const date = new Date(day * millisecondsPerDay)
    return (weekdays?.[(date.getUTCDay() + 6) % 7] ?? 1) * (months?.[date.getUTCMonth()] ?? 1)
  })
  const choices = weighted(days, odds)
  return (_row, _index, draws) => choose(choices, draws)
}

/** A day so many days after another; null where there is no other. */
export function makeDaysAfter(
  { column, days, share }: Kind<'days_after'>,
  world: SampleWorld,
  table: SampleTable,
): Maker {
  const { read } = readColumn(world, table, column)
  return (row, _index, draws) => {
    const start = read(row)
    if (typeof start !== 'number') return null
    return draw(draws) < share ? start + drawWhole(draws, ...days) : start
  }
}

/** An instant so many hours after another or after the beginning of a day; null where there is no other. */
export function makeInstant(
  { after, hours: [from, to], until }: Kind<'instant'>,
  world: SampleWorld,
  table: SampleTable,
): Maker {
  const { read, type } = readColumn(world, table, after)
  const unit = type === 'date' ? millisecondsPerDay : 1
  const end = until === undefined ? Infinity : (until + 1) * millisecondsPerDay
  return (row, _index, draws) => {
    const start = read(row)
    if (typeof start !== 'number') return null
    const instant = Math.floor(start * unit + (from + (to - from) * draw(draws)) * millisecondsPerHour)
    // What would come too late comes some time in the last day instead.
    return instant < end ? instant : end - 1 - Math.floor(draw(draws) * millisecondsPerDay)
  }
}

/** Log-normal amounts in cents. */
export function makeMoney({ median, spread, surge }: Kind<'money'>, world: SampleWorld, table: SampleTable): Maker {
  const level = readLevel(median, world, table)
  const times = surge && readSurge(surge, world, table)
  return (row, _index, draws) => {
    const amount = level(row) * Math.exp(spread * drawNormal(draws)) * (times ? times(row) : 1)
    return Math.max(1, Math.round(amount * 100))
  }
}

type Factor = (row: Parameters<Maker>[0]) => number

function readLevel(median: Kind<'money'>['median'], world: SampleWorld, table: SampleTable): Factor {
  if (typeof median === 'number') return () => median
  const { read } = readColumn(world, table, median.of)
  const medians = new Map(Object.entries(median.medians))
  return (row) => medians.get(String(read(row))) ?? 0
}

function readSurge(surge: NonNullable<Kind<'money'>['surge']>, world: SampleWorld, table: SampleTable): Factor {
  const from = readColumn(world, table, surge.from)
  const date = readColumn(world, table, surge.date)
  return (row) => {
    const [start, day] = [from.read(row), date.read(row)]
    return typeof start === 'number' && typeof day === 'number' && day >= start && day < start + surge.days
      ? surge.times
      : 1
  }
}

/** Nearly normal: the sum of six uniform draws, scaled. Unlike the textbook formulas it is the same on every machine. */
function drawNormal(draws: Draws): number {
  const sum = draw(draws) + draw(draws) + draw(draws) + draw(draws) + draw(draws) + draw(draws)
  return (sum - 3) * Math.SQRT2
}
