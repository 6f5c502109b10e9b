import type { Connection, SqlValue } from '../../store/database.ts'
import { comparedNames, comparedRows } from './compared-rows.ts'
import { differenceClasses, type ComparisonTask, type Difference, type DifferenceFilter } from './comparison-task.ts'
import { bitsPerMask, differenceTable, maskNames } from './find-differences.ts'

const matchesPerMark = 4_096

/** Reads the differences that a comparison left in the temporary tables of a connection. */
export interface DifferenceReader {
  /** A page of differences in the order of their keys. */
  page(filter: DifferenceFilter, offset: number, limit: number): readonly Difference[]
  /** All of them, one by one. */
  all(filter: DifferenceFilter): Iterable<Difference>
}

/** A reader that remembers, by filter, the positions of every so many differences: a page far down costs as little as the first. */
export function createDifferenceReader(connection: Connection, task: ComparisonTask): DifferenceReader {
  const { key, columns } = task
  const masks = maskNames(columns)
  const marksOf = new Map<string, number[]>()
  const valuesOf = (alias: string) => [...comparedNames('k', key, alias), ...comparedNames('c', columns, alias)]
  const selected = ['class', 'before_row', 'after_row', ...masks].map((name) => `d.${name}`)

  /** The position behind which the page of an offset begins, and how many matches of it are still to be skipped. */
  function markBefore(condition: string, offset: number): { readonly position: number; readonly skip: number } {
    if (condition === 'TRUE') return { position: offset, skip: 0 }
    const marks = marksOf.get(condition) ?? [0]
    marksOf.set(condition, marks)
    const wanted = Math.floor(offset / matchesPerMark)
    const next = connection
      .prepare(
        `SELECT position FROM ${differenceTable} AS d WHERE position > ? AND ${condition} ORDER BY position LIMIT 1 OFFSET ${matchesPerMark - 1}`,
      )
      .pluck()
    while (marks.length <= wanted) {
      const mark = next.get(marks.at(-1)) as number | undefined
      if (mark === undefined) break
      marks.push(mark)
    }
    const place = Math.min(wanted, marks.length - 1)
    return { position: marks[place] ?? 0, skip: offset - place * matchesPerMark }
  }

  const select = (condition: string) =>
    connection
      .prepare(
        `SELECT ${[...selected, ...valuesOf('b'), ...valuesOf('a')].join(', ')} FROM (
          SELECT * FROM ${differenceTable} AS d WHERE position > ? AND ${condition} ORDER BY position LIMIT ? OFFSET ?) AS d
        LEFT JOIN ${comparedRows} AS b ON b.row = d.before_row LEFT JOIN ${comparedRows} AS a ON a.row = d.after_row
        ORDER BY d.position`,
      )
      .raw()

  function differenceOf(row: readonly SqlValue[]): Difference {
    const [number, beforeRow, afterRow] = row
    const values = row.slice(selected.length)
    const width = key.length + columns.length
    const ofSide = (isThere: boolean, from: number) => (isThere ? values.slice(from + key.length, from + width) : null)
    return {
      class: differenceClasses[Number(number)] ?? 'changed',
      key: beforeRow === null ? values.slice(width, width + key.length) : values.slice(0, key.length),
      before: ofSide(beforeRow !== null, 0),
      after: ofSide(afterRow !== null, width),
      changed: columns.flatMap((_, place) =>
        (Number(row[3 + Math.floor(place / bitsPerMask)]) >> (place % bitsPerMask)) & 1 ? [place] : [],
      ),
    }
  }

  return {
    page(filter, offset, limit) {
      const condition = conditionOf(filter)
      const { position, skip } = markBefore(condition, offset)
      return (select(condition).all(position, limit, skip) as SqlValue[][]).map(differenceOf)
    },
    *all(filter) {
      for (const row of select(conditionOf(filter)).iterate(0, -1, 0)) yield differenceOf(row as SqlValue[])
    },
  }
}

function conditionOf({ class: name, column }: DifferenceFilter): string {
  const conditions = [
    ...(name === null ? [] : [`d.class = ${differenceClasses.indexOf(name)}`]),
    ...(column === null ? [] : [`d.m${Math.floor(column / bitsPerMask)} >> ${column % bitsPerMask} & 1`]),
  ]
  return conditions.join(' AND ') || 'TRUE'
}
