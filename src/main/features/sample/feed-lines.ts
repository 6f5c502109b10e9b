import { compileColumn } from './compile-column.ts'
import { beginDraws, draw, mix, saltOf, type Draws } from './draws.ts'
import type { ColumnSpec, FeedSpec } from './sample-schema.ts'
import {
  columnOf,
  fillRow,
  remakeColumns,
  rowKey,
  type SampleColumn,
  type SampleTable,
  type SampleWorld,
} from './sample-table.ts'
import type { Value } from './value-type.ts'

/** The lines of a feed, over all of its files: which row each brings, for the first time or once more. */
export interface FeedLines {
  readonly table: SampleTable
  readonly count: number
  /** Of each file: its first line, and the one after its last. */
  readonly ranges: readonly (readonly [from: number, to: number])[]
  /** The columns of the row that was made last. */
  readonly row: Value[]
  readonly files: readonly FileLines[]
  readonly salt: number
  /** Rows brought so far. */
  brought: number
}

interface FileLines {
  readonly fresh: Again | null
  readonly repeats: readonly Again[]
  /** The row with which the file began; none before it has begun. */
  firstRow: number
}

interface Again {
  readonly share: number
  readonly columns: readonly SampleColumn[]
}

const kindSalt = saltOf('new or not')
const freshSalt = saltOf('fresh or not')

/** Plans the lines of a feed: as many as its table has rows. */
export function feedLines(world: SampleWorld, name: string, feed: FeedSpec): FeedLines {
  const table = world.tables.get(feed.table)
  if (!table) throw new Error(`there is no table ${feed.table}`)
  const again = ({ share, columns }: { share: number; columns: Readonly<Record<string, ColumnSpec>> }): Again => ({
    share,
    columns: Object.entries(columns).map(([key, column]) =>
      compileColumn(world, table, { name: key, slot: columnOf(table, key).slot, from: null }, column),
    ),
  })
  let end = 0
  const ranges = feed.files.map(({ share }, number) => {
    const from = end
    end = number === feed.files.length - 1 ? table.rows : Math.min(table.rows, from + Math.round(share * table.rows))
    return [from, end] as const
  })
  const files = feed.files.map(({ fresh, repeats }) => ({
    fresh: fresh ? again(fresh) : null,
    repeats: repeats.map(again),
    firstRow: Infinity,
  }))
  return { table, count: table.rows, ranges, row: [], files, salt: saltOf(`lines ${name}`, world.seed), brought: 0 }
}

/** Makes the row of the next line of a file; returns its number. Lines are asked for in order. */
export function makeLine(lines: FeedLines, file: number, line: number, draws: Draws): number {
  const own = lines.files[file]!
  if (line === lines.ranges[file]?.[0]) own.firstRow = lines.brought
  const key = mix(lines.salt ^ mix(line))
  beginDraws(draws, key, kindSalt)
  let chance = draw(draws)
  for (const repeat of lines.brought === 0 ? [] : own.repeats) {
    if (chance < repeat.share) {
      const index = Math.floor(draw(draws) * lines.brought)
      makeRow(lines, index, draws)
      remakeColumns(repeat.columns, lines.row, index, key, draws)
      return index
    }
    chance -= repeat.share
  }
  const index = lines.brought
  lines.brought += 1
  makeRow(lines, index, draws)
  return index
}

/** Makes a row as the file that brings it first has it. */
function makeRow({ table, row, files }: FeedLines, index: number, draws: Draws): void {
  fillRow(table, row, index, draws)
  const fresh = files.findLast(({ firstRow }) => firstRow <= index)?.fresh
  if (!fresh) return
  const key = rowKey(table, index)
  beginDraws(draws, key, freshSalt)
  if (draw(draws) < fresh.share) remakeColumns(fresh.columns, row, index, key, draws)
}
