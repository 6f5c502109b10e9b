import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exportPublished, folderOf, repository, runFeeds, runOf, temporaryFolder } from '../../helpers/feeds.ts'
import { openRuns } from '../../helpers/published-runs.ts'
import { runAgain } from '../../helpers/run-again.ts'

interface Shape {
  readonly grain: string
  readonly materialized?: 'table' | 'view'
  readonly sql: string
  readonly columns: string
  /** An expression that is not true of any row blocks the run. */
  readonly check?: string
}

const from = "FROM {{ source('feeds', 'readings') }}"
const byCity = {
  grain: 'city',
  sql: `SELECT city, count(*) AS days, max(degrees) AS degrees ${from} GROUP BY city`,
  columns: 'city text, days integer, degrees integer',
}
const byCityAndDegrees = {
  grain: 'city, degrees',
  sql: `SELECT city, degrees, count(*) AS days ${from} GROUP BY city, degrees`,
  columns: byCity.columns,
}
const byDegrees = {
  grain: 'degrees',
  sql: `SELECT degrees, min(city) AS city, count(*) AS days ${from} GROUP BY degrees`,
  columns: byCity.columns,
}

/** The project of weather stations with one model of this shape. */
function projectOf(
  { grain, materialized = 'table', sql, columns, check = 'days > 0' }: Shape,
  key?: readonly string[],
): string {
  const project = join(temporaryFolder(), 'weather')
  cpSync(join(repository, 'test/fixtures/tiny-project'), project, { recursive: true })
  const described = columns.split(', ').map((column) => {
    const [name, type] = column.split(' ')
    return `      - { name: ${name}, data_type: ${type} }`
  })
  writeFileSync(join(project, 'models/hot_days.sql'), sql)
  writeFileSync(
    join(project, 'models/models.yml'),
    `version: 2\nmodels:\n  - name: hot_days\n    config: { layer: mart, materialized: ${materialized}, grain: [${grain}] }\n` +
      `    data_tests:\n      - expression_is_true: { name: checked, expression: '${check}' }\n    columns:\n${described.join('\n')}\n`,
  )
  if (key !== undefined) rekey(join(project, 'contracts/readings.yml'), key)
  return project
}

function rekey(path: string, key: readonly string[]): void {
  const without = readFileSync(path, 'utf8').replaceAll(/ +primaryKey(Position: \d+|: true)\n/g, '')
  const text = key.reduce(
    (keyed, name, index) =>
      keyed.replace(
        `      - name: ${name}\n`,
        `      - name: ${name}\n        primaryKey: true\n        primaryKeyPosition: ${index + 1}\n`,
      ),
    without,
  )
  writeFileSync(path, text)
}

/** A project of which the readings have degrees of this type, which the model shows as they are. */
function projectOfType(logicalType: 'integer' | 'string'): string {
  const type = logicalType === 'string' ? 'text' : 'integer'
  const project = projectOf({
    grain: 'station, measured_on',
    sql: `SELECT station, measured_on, degrees, 1 AS days ${from}`,
    columns: `station text, measured_on date, degrees ${type}, days integer`,
  })
  const contract = join(project, 'contracts/readings.yml')
  const text = readFileSync(contract, 'utf8')
  const changed = text.replace(
    '- name: degrees\n        logicalType: integer',
    `- name: degrees\n        logicalType: ${logicalType}`,
  )
  writeFileSync(contract, changed)
  return project
}

const feed = (name: string, rows: readonly string[]) =>
  folderOf({ [`readings_${name}.csv`]: `station,measured_on,city,degrees\n${rows.join('\n')}\n` })
const inputs = () => [
  feed('1', ['ab1,2022-07-01,Lisbon,31', 'ab1,2022-07-02,Lisbon,35', 'cd2,2022-07-01,Porto,31']),
  feed('2', ['cd2,2022-07-02,Porto,35', 'ab1,2022-07-03,Lisbon,31']),
  feed('3', ['ef3,2022-07-02,Faro,35', 'cd2,2022-07-03,Porto,36']),
]

async function fresh(project: string, files: readonly string[]): Promise<Record<string, string>> {
  const workspace = temporaryFolder()
  for (const input of files) await runFeeds({ input, workspace, project })
  return exportPublished(workspace, project)
}

test('a model may get a finer or a coarser grain, and readers may go back and forth over that', async () => {
  const workspace = temporaryFolder()
  const files = inputs()
  const projects = [projectOf(byCity), projectOf(byCityAndDegrees), projectOf(byDegrees)]
  const expected = await Promise.all(projects.map((project, index) => fresh(project, files.slice(0, index + 1))))
  for (const [index, project] of projects.entries()) {
    const { status } = await runFeeds({ input: files[index] ?? '', workspace, project })
    expect(status).toBe('published')
    expect(exportPublished(workspace, project)).toEqual(expected[index])
  }
  for (const run of [1, 3, 2, 1, 2, 3, 1]) {
    const runs = openRuns(workspace, projects[run - 1])
    await runs.rollBack(run)
    runs.close()
    expect(exportPublished(workspace, projects[run - 1])).toEqual(expected[run - 1])
  }
  const again = projects[2] ?? ''
  await runFeeds({ input: files[1] ?? '', workspace, project: again })
  expect(exportPublished(workspace, again)).toEqual(await fresh(again, files.slice(0, 2)))
  const runs = openRuns(workspace, projects[0])
  await runs.rollBack(1)
  runs.close()
  expect(exportPublished(workspace, projects[0])).toEqual(expected[0])
})

test('a blocked run with another grain is set aside, brought back and released', async () => {
  const workspace = temporaryFolder()
  const [first = '', second = '', third = ''] = inputs()
  const published = projectOf(byCityAndDegrees)
  const blocked = projectOf({ ...byDegrees, check: 'days < 0' })
  await runFeeds({ input: first, workspace, project: published })
  expect((await runFeeds({ input: second, workspace, project: blocked })).status).toBe('blocked')
  const before = exportPublished(workspace, published)
  const over = projectOf({ ...byCity, check: 'days < 0' })
  expect((await runFeeds({ input: third, workspace, project: over })).status).toBe('blocked')
  expect(exportPublished(workspace, published)).toEqual(before)
  const runs = openRuns(workspace, blocked)
  await runs.inspect(2)
  expect(exportPublished(workspace, published)).toEqual(before)
  await runs.inspect(3)
  await runs.inspect(2)
  await runs.release(2)
  runs.close()
  expect(exportPublished(workspace, blocked)).toEqual(await fresh(projectOf(byDegrees), [first, second]))
})

test('rows that are staged by another key are refused, until all that was delivered is staged anew', async () => {
  const workspace = temporaryFolder()
  const [first = '', second = '', third = ''] = inputs()
  const before = projectOf(byCity)
  await runFeeds({ input: first, workspace, project: before })
  const published = exportPublished(workspace, before)
  for (const key of [['station'], ['degrees'], ['measured_on', 'degrees'], ['station', 'measured_on', 'degrees']]) {
    const project = projectOf(byCity, key)
    await expect(runFeeds({ input: second, workspace, project })).rejects.toThrow(
      `The contract of readings has another key: ${key.join(', ')}; its rows are staged by station, measured_on.`,
    )
    expect(exportPublished(workspace, before)).toEqual(published)
    const { run_id: runId } = await runAgain(workspace, { fullRefresh: true, input: second, project })
    expect(runOf(workspace, runId).status).toBe('published')
    expect(exportPublished(workspace, project)).toEqual(await fresh(project, [first, second]))
    await runFeeds({ input: third, workspace, project })
    expect(exportPublished(workspace, project)).toEqual(await fresh(project, [first, second, third]))
    const runs = openRuns(workspace, before)
    await runs.rollBack(1)
    runs.close()
    expect(exportPublished(workspace, before)).toEqual(published)
  }
})

test('a column may get another type where no value is lost by it, once all that was delivered is staged anew', async () => {
  const workspace = temporaryFolder()
  const numbers = projectOfType('integer')
  const texts = projectOfType('string')
  const first = feed('1', ['ab1,2022-07-01,Lisbon,31', 'cd2,2022-07-01,Porto,035'])
  const second = feed('2', ['ab1,2022-07-02,Lisbon,036'])
  await runFeeds({ input: first, workspace, project: numbers })
  const published = exportPublished(workspace, numbers)
  await expect(runFeeds({ input: second, workspace, project: texts })).rejects.toThrow(
    'The contract of readings says that degrees is text; its rows are staged with it as integer.',
  )
  expect(exportPublished(workspace, numbers)).toEqual(published)
  await runAgain(workspace, { fullRefresh: true, input: second, project: texts })
  const expected = await fresh(texts, [first, second])
  expect(expected['hot_days.csv']).toContain('035')
  expect(exportPublished(workspace, texts)).toEqual(expected)
  await expect(runAgain(workspace, { fullRefresh: true, project: numbers })).rejects.toThrow(
    'degrees of staged_readings held texts in earlier runs and is to hold numbers: "035" would be another value.',
  )
  expect(exportPublished(workspace, texts)).toEqual(expected)
  const runs = openRuns(workspace, numbers)
  await runs.rollBack(1)
  runs.close()
  expect(exportPublished(workspace, texts)).toEqual({
    'hot_days.csv': published['hot_days.csv'],
  })
})

test('a model that becomes a view and a table again counts and shows its rows as they are', async () => {
  const workspace = temporaryFolder()
  const files = inputs()
  const shapes = [byCity, { ...byCity, materialized: 'view' as const }, byCity]
  for (const [index, shape] of shapes.entries()) {
    const project = projectOf(shape)
    const run = await runFeeds({ input: files[index] ?? '', workspace, project })
    const expected = await fresh(project, files.slice(0, index + 1))
    expect(exportPublished(workspace, project)).toEqual(expected)
    expect(run.models.map(({ rows }) => rows)).toEqual([(expected['hot_days.csv'] ?? '').trim().split('\n').length - 1])
  }
})
