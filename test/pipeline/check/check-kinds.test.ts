import { describe, expect, test } from 'vitest'
import { loadProject } from '../../../src/main/pipeline/project/load-project.ts'
import { checked, projectWith, type World } from './check-world.ts'

describe('a check fails on one side of its edge and not on the other', () => {
  test.each<[string, World, readonly string[], readonly string[]]>([
    ['not_null', { word: 'not_null' }, ['a,x,,,', 'b,,,,'], ['b']],
    ['unique', { word: 'unique' }, ['a,x,,,', 'b,x,,,', 'c,y,,,', 'd,,,,', 'e,,,,'], ['a', 'b']],
    ['accepted_values', { word: 'accepted_values: { values: [x, y] }' }, ['a,x,,,', 'b,X,,,', 'c,,,,'], ['b']],
    [
      'between',
      { number: 'between: { min: 2, max: 4 }' },
      ['a,,1,,', 'b,,2,,', 'c,,4,,', 'd,,5,,', 'e,,,,'],
      ['a', 'd'],
    ],
    [
      'between, strictly',
      { number: 'between: { min: 2, max: 4, strictly: true }' },
      ['a,,2,,', 'b,,3,,', 'c,,4,,'],
      ['a', 'c'],
    ],
    ['between amounts', { amount: 'between: { max: 10.50 }' }, ['a,,,10.50,', 'b,,,10.51,'], ['b']],
    ['between days', { day: 'between: { min: 2022-02-01 }' }, ['a,,,,2022-01-31', 'b,,,,2022-02-01'], ['a']],
    [
      'regex',
      { word: "regex: { pattern: '^[a-z]{2}$' }" },
      ['a,ab,,,', 'b,abc,,,', 'c,AB,,,', 'd,,,,', 'e,"a\nb",,,'],
      ['b', 'c', 'e'],
    ],
    [
      'expression_is_true',
      { model: 'expression_is_true: { expression: number > 3 }' },
      ['a,,3,,', 'b,,4,,', 'c,,,,'],
      ['a', 'c'],
    ],
    [
      'an expression over models',
      { model: 'expression_is_true: { expression: "number <= 1 + (SELECT min(number) FROM {{ ref(\'thing\') }})" }' },
      ['a,,1,,', 'b,,2,,', 'c,,3,,'],
      ['c'],
    ],
    [
      'unique_combination',
      { model: 'unique_combination: { columns: [word, number] }' },
      ['a,x,1,,', 'b,x,1,,', 'c,x,2,,', 'd,y,,,', 'e,y,,,'],
      ['a', 'b', 'd', 'e'],
    ],
  ])('%s', async (_, world, rows, ids) => {
    expect(await checked(world, rows)).toMatchObject({ status: 'fail', failures: ids.length, ids, run: 'blocked' })
    const good = rows.filter((row) => !ids.includes(row.split(',')[0] ?? ''))
    if (good.length > 0)
      expect(await checked(world, good)).toMatchObject({ status: 'pass', failures: 0, run: 'published' })
  })

  test.each<[string, World, readonly string[], readonly string[]]>([
    ['row_count', { model: 'row_count: { min: 2, max: 2 }' }, ['a,,,,', 'b,,,,'], ['a,,,,']],
    ['row_count from above', { model: 'row_count: { max: 2 }' }, ['a,,,,', 'b,,,,'], ['a,,,,', 'b,,,,', 'c,,,,']],
    [
      'freshness',
      { day: 'freshness: { error_after: 3 }' },
      ['a,,,,2022-12-28', 'b,,,,2022-01-01'],
      ['a,,,,2022-12-27'],
    ],
    ['freshness of nothing', { day: 'freshness: { error_after: 3 }' }, ['a,,,,2022-12-31'], ['a,,,,']],
    ['sum', { amount: 'sum: { min: 3.00, max: 3.00 }' }, ['a,,,1.25,', 'b,,,1.75,'], ['a,,,1.25,', 'b,,,1.76,']],
    [
      'sum against an expression',
      { number: 'sum: { equals: "2 * (SELECT count(*) FROM {{ ref(\'thing\') }})" }' },
      ['a,,1,,', 'b,,3,,'],
      ['a,,1,,', 'b,,4,,'],
    ],
    [
      'not_null_proportion',
      { word: 'not_null_proportion: { at_least: 0.75 }' },
      ['a,x,,,', 'b,x,,,', 'c,x,,,', 'd,,,,'],
      ['a,x,,,', 'b,x,,,', 'd,,,,'],
    ],
    [
      'not_null_proportion from above',
      { word: 'not_null_proportion: { at_most: 0.5 }' },
      ['a,x,,,', 'b,,,,'],
      ['a,x,,,', 'b,x,,,', 'c,,,,'],
    ],
  ])('%s', async (_, world, good, bad) => {
    expect(await checked(world, good)).toMatchObject({ status: 'pass', failures: 0, run: 'published' })
    expect(await checked(world, bad)).toMatchObject({ status: 'fail', failures: 1, run: 'blocked' })
  })

  test('freshness warns before it fails', async () => {
    const world = { day: 'freshness: { warn_after: 1, error_after: { count: 3, period: day } }' }
    expect(await checked(world, ['a,,,,2022-12-29'])).toMatchObject({
      status: 'warn',
      run: 'published',
      measured: '2 days, newest 2022-12-29',
      expected: 'warns after 1 days, fails after 3 days',
    })
  })

  test('relationships and equal row counts look at another model', async () => {
    const more = `  - name: word
    config: { layer: staging, materialized: view, grain: [word] }
    columns: [{ name: word, data_type: text }]
`
    const sql = { word: "SELECT DISTINCT word FROM {{ source('feeds', 'things') }} WHERE number > 1" }
    const related = { word: "relationships: { to: ref('word'), field: word }", more, sql }
    expect(await checked(related, ['a,x,2,,', 'b,x,1,,', 'c,y,1,,', 'd,,1,,'])).toMatchObject({ ids: ['c'] })
    const counted = { model: "row_count: { equal_to: ref('word') }", more, sql }
    expect(await checked(counted, ['a,x,2,,', 'b,y,2,,'])).toMatchObject({ status: 'pass' })
    expect(await checked(counted, ['a,x,2,,', 'b,x,2,,'])).toMatchObject({ status: 'fail', expected: '1, as word has' })
  })
})

describe('limits are exact', () => {
  const rows = (failing: number, all: number) =>
    Array.from({ length: all }, (_, index) => `r${index},${index < failing ? '' : 'x'},,,`)
  test.each([
    ["warn_if: '> 2'", 2, 100, 'fail'],
    ["error_if: '> 2'", 2, 100, 'warn'],
    ["error_if: '>= 2'", 2, 100, 'fail'],
    ["warn_if: '>= 2%', error_if: '> 2%'", 1, 51, 'pass'],
    ["warn_if: '>= 2%', error_if: '> 2%'", 1, 50, 'warn'],
    ["warn_if: '>= 2%', error_if: '> 2%'", 1, 49, 'fail'],
    ["error_if: '> 33.3%'", 333, 1000, 'warn'],
    ["error_if: '> 33.3%'", 334, 1000, 'fail'],
    ['mostly: 0.9', 10, 100, 'pass'],
    ['mostly: 0.9', 11, 100, 'fail'],
    ['mostly: 0.9, severity: warn', 11, 100, 'warn'],
    ['severity: warn, blocking: false', 1, 2, 'warn'],
    ['blocking: false', 1, 2, 'fail'],
  ])('%s: %i of %i rows', async (config, failing, all, status) => {
    const outcome = await checked({ word: `not_null: { config: { ${config} } }` }, rows(failing, all))
    const isBlocked = status === 'fail' && !config.includes('blocking')
    expect(outcome).toMatchObject({ status, failures: failing, run: isBlocked ? 'blocked' : 'published' })
    expect(outcome.ids).toHaveLength(failing)
  })
})

describe('a project is refused', () => {
  test.each<[string, World, string]>([
    ['with a pattern that is none', { word: "regex: { pattern: 'a(' }" }, 'not a regular expression'],
    ['with a pattern for a number', { number: "regex: { pattern: 'a' }" }, 'regex is not for thing.number'],
    ['with a bound of another type', { day: 'between: { min: soon }' }, 'soon is not a date'],
    ['with parts by what is no column', { word: 'not_null: { config: { per: colour } }' }, 'names colour'],
    [
      'with parts of a model whose rows hang on several',
      {
        word: 'not_null: { config: { per: word } }',
        more: `  - name: ranked
    config: { layer: mart, materialized: table, grain: [word] }
    data_tests: [expression_is_true: { expression: place > 0, config: { per: word } }]
    columns: [{ name: word, data_type: text }, { name: place, data_type: integer }]
`,
        sql: { ranked: "SELECT word, rank() OVER (ORDER BY number) AS place FROM {{ ref('thing') }}" },
      },
      'the check ranked.expression_1 blocks by word, but a row of ranked may hang on several',
    ],
    [
      'with parts by two columns',
      { word: 'not_null: { config: { per: word } }', number: 'not_null: { config: { per: day } }' },
      'must name the same column',
    ],
    ['with a check of a model that is not', { model: "row_count: { equal_to: ref('nothing') }" }, 'no model'],
  ])('%s', (_, world, message) => {
    expect(() => loadProject(projectWith(world))).toThrow(message)
  })
})
