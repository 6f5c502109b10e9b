import { describe, expect, test } from 'vitest'
import { runUnitTest } from '../../../src/main/pipeline/check/run-unit-test.ts'
import { loadProject } from '../../../src/main/pipeline/project/load-project.ts'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { benefits, temporaryFolder } from '../../helpers/feeds.ts'
import { projectWith } from './check-world.ts'

function resultsOf(project: string) {
  const workbench = openWorkbench({ projectFolder: project, workspaceFolder: temporaryFolder(), create: true })
  try {
    return workbench.project.unitTests.map((one) => runUnitTest(workbench.connection, workbench.project, one))
  } finally {
    workbench.close()
  }
}

/** A project whose model counts days of things up to the as-of date, with this unit test. */
function counting(unitTest: string): string {
  return projectWith({
    more: `  - name: counted
    config: { layer: mart, materialized: table, grain: [word] }
    columns:
      - { name: word, data_type: text }
      - { name: things, data_type: integer }
      - { name: cost, data_type: money }
      - { name: last_day, data_type: date }
unit_tests:
  - name: counts
    model: counted
    ${unitTest}
`,
    sql: {
      counted: `SELECT word, count(*) AS things, sum(amount) AS cost, max(day) AS last_day
        FROM {{ ref('thing') }} WHERE day <= {{ var('as_of') }} GROUP BY word`,
    },
  })
}

const given = `overrides: { vars: { as_of: 2022-01-31 } }
    given:
      - input: ref('thing')
        rows:
          - { word: x, amount: 1.25, day: 2022-01-31 }
          - { word: x, amount: 2, day: 2022-01-01 }
          - { word: y, day: 2022-01-01 }
          - { word: z, day: 2022-02-01 }`

describe('a unit test of a model', () => {
  test('passes on the expected rows in whatever order, in the columns that they name', () => {
    const rows = '[{ word: y, things: 1 }, { word: x, things: 2, cost: 3.25, last_day: 2022-01-31 }]'
    expect(resultsOf(counting(`${given}\n    expect: { rows: ${rows} }`))).toMatchObject([
      {
        status: 'fail',
        missing: [{ word: 'y', things: '1', cost: null, last_day: null }],
        unexpected: [{ word: 'y', things: '1', cost: null, last_day: '2022-01-01' }],
      },
    ])
    const fewer = '[{ word: y, things: 1 }, { word: x, things: 2, cost: 3.25 }]'
    expect(resultsOf(counting(`${given}\n    expect: { rows: ${fewer} }`))).toMatchObject([
      { name: 'counts', model: 'counted', status: 'pass', missing: [], unexpected: [] },
    ])
  })

  test('tells rows that are missing and rows that nobody expected', () => {
    expect(resultsOf(counting(`${given}\n    expect: { rows: [{ word: x }, { word: x }] }`))).toMatchObject([
      { status: 'fail', missing: [{ word: 'x' }], unexpected: [{ word: 'y' }] },
    ])
  })

  test('has no rows for an input that is not given, and may expect none', () => {
    expect(resultsOf(counting('expect: { rows: [] }'))).toMatchObject([{ status: 'pass' }])
  })

  test.each([
    ["given: [{ input: ref('word'), rows: [] }]\n    expect: { rows: [] }", 'which counted does not read'],
    ['expect: { rows: [{ colour: red }] }', 'expects colour, which is not a column of counted'],
  ])('is refused: %s', (text, message) => {
    expect(() => loadProject(counting(text))).toThrow(message)
  })

  test.each([
    ["given: [{ input: ref('thing'), rows: [{ colour: red }] }]\n    expect: { rows: [] }", 'a value for colour'],
    ["given: [{ input: ref('thing'), rows: [{ day: soon }] }]\n    expect: { rows: [] }", 'not a date'],
  ])('stops at what it cannot mean: %s', (text, message) => {
    expect(() => resultsOf(counting(text))).toThrow(message)
  })
})

test('the unit tests of the built-in project pass', () => {
  const results = resultsOf(benefits)
  expect(results.length).toBeGreaterThanOrEqual(3)
  expect(results.filter(({ status }) => status === 'fail')).toEqual([])
})
