import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AppError } from '../../../src/main/kernel/app-error.ts'
import { loadSampleSpec } from '../../../src/main/features/sample/load-sample-spec.ts'
import { freshFolder, projectOf, shops } from './sample-world.ts'

/** The line and message of the error for a sample file in which `from` is replaced. */
function errorOf(from: string, to: string): { readonly line: string | undefined; readonly message: string } {
  expect(shops).toContain(from)
  const yaml = shops.replace(from, to)
  try {
    loadSampleSpec(projectOf(yaml))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    expect(error.code).toBe('PROJECT_INVALID')
    expect(error.place.column).toBeGreaterThan(0)
    return { line: yaml.split('\n')[(error.place.line ?? 0) - 1]?.trim(), message: error.message }
  }
  throw new Error('nothing was wrong')
}

test.each([
  ['2022-12-31\nnulls', '2022-02-30\nnulls', 'as_of: 2022-02-30', 'a day: YYYY-MM-DD'],
  ['rows: 3', 'rows: some', 'rows: some', 'it is none of all, '],
  ['{ sequence: { prefix: S } }', '{ sequense: { prefix: S } }', 'code: { sequense: { prefix: S } }', 'sequense'],
  [
    '{ sequence: { prefix: S } }',
    '{ sequence: {}, constant: x }',
    'code: { sequence: {}, constant: x }',
    'exactly one of',
  ],
  [
    'pick: { from: shops, weight: weight }',
    'pick: { from: stores }',
    'shop: { pick: { from: stores } }',
    'stores is not a table that stands before',
  ],
  [
    'pick: { from: shops, weight: weight }',
    'pick: { from: orders }',
    'shop: { pick: { from: orders } }',
    'orders is not a table that stands before',
  ],
  [
    'weight: weight }',
    'weight: code }',
    'shop: { pick: { from: shops, weight: code } }',
    'shops.code is not a choice of numbers',
  ],
  [
    'lists: [words]',
    'lists: [birds]',
    'note: { any_of: { lists: [birds] }, null_share: 0.5 }',
    'there is no list birds',
  ],
  ['median: 20', 'median: -20', 'amount: { money: { median: -20, spread: 0.5 } }', 'Too small'],
  ['column: shop.code', 'column: shop.name', 'shop: { column: shop.name }', 'orders has no column shop.name to write'],
  ['M/D/YYYY: 1', 'D.M.YYYY: 1', 'day: { styles: { D.M.YYYY: 1 } }', 'D.M.YYYY is no style of a date: YYYY-MM-DD'],
  ['rows: all', 'rows: 5', 'shops:', 'exactly one table must have rows: all'],
  ['name: orders.csv', 'name: ../orders.csv', '- { name: ../orders.csv, share: 1, format: csv }', 'a plain file name'],
  [
    'format: csv }',
    "format: csv }\n    defects: [{ what: x, rate: 1, cells: { size: ['']} }]",
    "defects: [{ what: x, rate: 1, cells: { size: ['']} }]",
    'the feed has no field size',
  ],
  [
    'format: csv }',
    'format: csv }\n    defects: [{ what: x, rate: 1, record: cut_short }]',
    'defects: [{ what: x, rate: 1, record: cut_short }]',
    'no ndjson file',
  ],
])('%j instead of what should be there', (from, to, line, message) => {
  const error = errorOf(from, to)
  expect(error.message).toContain(message)
  expect(error.line).toBe(line)
})

test('a project without a sample says so', () => {
  const folder = freshFolder()
  expect(() => loadSampleSpec(folder)).toThrow(
    expect.objectContaining({ code: 'PROJECT_INVALID', place: { file: join(folder, 'sample.yml') } }),
  )
})
