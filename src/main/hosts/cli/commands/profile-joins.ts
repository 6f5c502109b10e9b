import type { CountedRows, ModelJoin, ModelProfile } from '#features/models'
import { count } from '../output/numbers.ts'
import { section } from '../output/table.ts'

/** The joins of a model, with the rows that go in and come out, beside those of the last good run. */
export function joinLines({ joins, joins_note: note }: ModelProfile): readonly string[] {
  return [
    ...section(
      'Joins: rows before any WHERE, now and in the last good run',
      [
        { title: 'in' },
        { title: 'join' },
        { title: 'left', align: 'right' },
        { title: 'right', align: 'right' },
        { title: 'out', align: 'right' },
        { title: 'what it does' },
        { title: 'left before', align: 'right' },
        { title: 'right before', align: 'right' },
        { title: 'out before', align: 'right' },
        { title: 'by' },
      ],
      joins.map(({ place, kind, joined, condition, rows, rows_before: before }) => [
        place,
        `${kind} ${joined}`,
        ...rowCells(rows),
        effectWords[rows?.effect ?? 'unknown'],
        ...rowCells(before),
        condition ?? '',
      ]),
    ),
    ...(note === null ? [] : ['', note]),
  ]
}

const effectWords = { multiplies: 'multiplies rows', loses: 'loses rows', keeps: 'as many rows', unknown: '' } as const

function rowCells(rows: ModelJoin['rows']): readonly [string, string, string] {
  return [rowsText(rows?.left), rowsText(rows?.right), rowsText(rows?.out)]
}

function rowsText(counted: CountedRows | null | undefined): string {
  if (counted === null || counted === undefined) return ''
  return `${counted.is_more ? 'more than ' : ''}${count(counted.rows)}`
}
