import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differenceClasses } from '../../../src/main/pipeline/compare/comparison-task.ts'
import { compareRows, expectedSummary, keyOf, rowsOf, sameValues } from './comparison-world.ts'

const two = fc.record({ keys: fc.constantFrom(1, 2), columns: fc.constantFrom(0, 1, 3) }).chain(({ keys, columns }) =>
  fc.record({
    keys: fc.constant(keys),
    columns: fc.constant(columns),
    before: rowsOf(keys, columns),
    after: rowsOf(keys, columns),
  }),
)

describe('two relations with null and duplicate keys', () => {
  test('are told apart as row by row in memory; the classes sum up to both sides', () => {
    fc.assert(
      fc.property(two, ({ keys, columns, before, after }) => {
        const { summary, differences } = compareRows(before, after, keys, columns)
        expect(summary).toEqual(expectedSummary(before, after, columns))
        const { rows, added, removed, changed, unchanged, nullKeys, duplicateKeys } = summary
        expect(removed + changed + unchanged + nullKeys.before + duplicateKeys.before).toBe(rows.before)
        expect(added + changed + unchanged + nullKeys.after + duplicateKeys.after).toBe(rows.after)
        const listed = (name: string, side: 'before' | 'after') =>
          differences.filter((one) => one.class === name && one[side] !== null).length
        expect(listed('added', 'after')).toBe(added)
        expect(listed('removed', 'before')).toBe(removed)
        expect(listed('changed', 'before')).toBe(changed)
        expect(listed('null_key', 'before')).toBe(nullKeys.before)
        expect(listed('duplicate_key', 'after')).toBe(duplicateKeys.after)
      }),
      { numRuns: 150 },
    )
  })

  test('list for each difference just the rows there were', () => {
    fc.assert(
      fc.property(two, ({ keys, columns, before, after }) => {
        for (const { key, before: old, after: now, changed } of compareRows(before, after, keys, columns).differences) {
          const has = (rows: typeof before, values: typeof old) =>
            values === null || rows.some((row) => keyOf(row) === keyOf({ key }) && sameValues(row.values, values))
          expect(has(before, old) && has(after, now)).toBe(true)
          const different = (old ?? []).flatMap((cell, place) =>
            now === null || sameValues([cell], [now[place] ?? null]) ? [] : [place],
          )
          expect(changed).toEqual(different)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('give the mirror image when they are swapped', () => {
    fc.assert(
      fc.property(two, ({ keys, columns, before, after }) => {
        const there = compareRows(before, after, keys, columns).summary
        const back = compareRows(after, before, keys, columns).summary
        const swapped = (side: { before: number; after: number }) => ({ before: side.after, after: side.before })
        expect(back).toEqual({
          ...there,
          rows: swapped(there.rows),
          added: there.removed,
          removed: there.added,
          nullKeys: swapped(there.nullKeys),
          duplicateKeys: swapped(there.duplicateKeys),
        })
      }),
      { numRuns: 60 },
    )
  })

  test('that are the same have no difference but their bad keys', () => {
    fc.assert(
      fc.property(rowsOf(1, 2), (rows) => {
        const { added, removed, changed } = compareRows(rows, rows, 1, 2).summary
        expect([added, removed, changed]).toEqual([0, 0, 0])
      }),
      { numRuns: 40 },
    )
  })
})

test('a cell is equal only to one of the same value and type', () => {
  const row = (value: number | string | bigint | null) => [{ key: ['k'], values: [value] }]
  const differs = (one: number | string | bigint | null, other: number | string | bigint | null) =>
    compareRows(row(one), row(other), 1, 1).summary.changed === 1
  // A number of JavaScript is a REAL for SQLite, a bigint an INTEGER.
  expect(differs(1, 1n)).toBe(true)
  expect(differs('1', 1n)).toBe(true)
  expect(differs(null, '')).toBe(true)
  expect(differs(null, null)).toBe(false)
  expect(differs('a', 'A')).toBe(true)
  expect(differs(9_007_199_254_740_993n, 9_007_199_254_740_992n)).toBe(true)
})

test('more columns than a mask has bits are each counted', () => {
  const values = Array.from({ length: 70 }, () => 'x')
  const { summary, differences } = compareRows(
    [{ key: ['k'], values }],
    [{ key: ['k'], values: values.map((one, place) => (place % 7 === 0 ? 'y' : one)) }],
    1,
    70,
  )
  const places = values.flatMap((_, place) => (place % 7 === 0 ? [place] : []))
  expect(differences[0]?.changed).toEqual(places)
  expect(summary.byColumn).toEqual(values.map((_, place) => (place % 7 === 0 ? 1 : 0)))
})

test('pages of any filter and offset are cut out of the whole, in the order of keys', () => {
  const key = (number: number) => [`k${String(number).padStart(6, '0')}`]
  const numbers = Array.from({ length: 30_000 }, (_, number) => number)
  const before = numbers
    .filter((number) => number % 3 !== 0)
    .map((number) => ({ key: key(number), values: ['a', number % 5] }))
  const after = numbers
    .filter((number) => number % 4 !== 0)
    .map((number) => ({ key: key(number), values: ['a', number % 7] }))
  const { summary, reader } = compareRows(before, after, 1, 2)
  for (const name of [...differenceClasses, null])
    for (const column of [null, 0, 1]) {
      const filter = { class: name, column }
      const all = [...reader.all(filter)]
      if (name === 'added' && column === null) expect(all).toHaveLength(summary.added)
      if (column !== null && name !== null && name !== 'changed') expect(all).toEqual([])
      for (const offset of [all.length - 3, 9_000, 0, 4_096, 4_095, 12_345, all.length])
        if (offset >= 0) expect(reader.page(filter, offset, 5)).toEqual(all.slice(offset, offset + 5))
      const keys = all.map((one) => String(one.key[0]))
      expect(keys).toEqual(keys.toSorted())
    }
})
