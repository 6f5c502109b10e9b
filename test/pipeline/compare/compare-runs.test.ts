import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { compareRelations } from '../../../src/main/pipeline/compare/compare-relations.ts'
import type { ComparisonSummary, ComparisonTask } from '../../../src/main/pipeline/compare/comparison-task.ts'
import { createDifferenceReader } from '../../../src/main/pipeline/compare/read-differences.ts'
import { planComparison } from '../../../src/main/pipeline/run/comparison/plan-comparison.ts'
import { openWorkbench, type Workbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { stateOfRun } from '../../../src/main/pipeline/run/relation/relation.ts'
import { openConnection, quoteName, type SqlValue } from '../../../src/main/store/database.ts'
import { benefits, folderOf, repository, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { openRuns } from '../../helpers/published-runs.ts'
import { strictProject } from '../../helpers/strict-project.ts'
import { expectedSummary, type Row } from './comparison-world.ts'

const messy = join(repository, 'test/fixtures/messy/input')
const heldProject = join(repository, 'test/fixtures/held-project')
const claims = (...rows: readonly string[]) =>
  `claim_id,company_ein,service_date,amount,claim_type,last_updated\n${rows.join('\n')}\n`

function opened(workspace: string, project = benefits): Workbench {
  const workbench = openWorkbench({ projectFolder: project, workspaceFolder: workspace, create: false })
  onTestFinished(() => workbench.close())
  return workbench
}

function compare(task: ComparisonTask) {
  const connection = openConnection(task.databasePath, { readonly: true })
  try {
    const summary = compareRelations(connection, task)
    return { summary, differences: [...createDifferenceReader(connection, task).all({ class: null, column: null })] }
  } finally {
    connection.close()
  }
}

/** The rows of a relation in a run, read one by one. */
function rowsIn(workbench: Workbench, name: string, run: number, task: ComparisonTask): readonly Row[] {
  const names = [...task.key, ...task.columns].map((column) => quoteName(column.name)).join(', ')
  const rows = workbench.connection
    .prepare(`SELECT ${names} FROM ${stateOfRun(workbench, run).relationOf(name).sql}`)
    .raw()
    .all() as SqlValue[][]
  return rows.map((row) => ({ key: row.slice(0, task.key.length), values: row.slice(task.key.length) }))
}

/** Compares a relation in two runs, and expects what a comparison of all rows says, in the database and in memory. */
function expectExact(workbench: Workbench, name: string, before: number, after: number): ComparisonSummary {
  const { task } = planComparison(workbench, name, { before, after })
  const planned = compare(task)
  const whole = (run: number) => ({
    sql: stateOfRun(workbench, run).relationOf(name).sql,
    countSql: null,
    expectedRows: null,
  })
  const { summary, differences } = planned
  expect(compare({ ...task, before: whole(before), after: whole(after) }), name).toEqual(planned)
  const rows = [before, after].map((run) => rowsIn(workbench, name, run, task)) as [Row[], Row[]]
  expect(summary, name).toEqual(expectedSummary(...rows, task.columns.length))
  const back = compare(planComparison(workbench, name, { before: after, after: before }).task)
  expect([back.summary.added, back.summary.removed, back.summary.changed, back.summary.unchanged], name).toEqual([
    summary.removed,
    summary.added,
    summary.changed,
    summary.unchanged,
  ])
  expect(back.differences.map((one) => [one.key, one.after, one.before])).toEqual(
    differences.map((one) => [one.key, one.before, one.after]),
  )
  return summary
}

const namesOf = ({ project }: Workbench) => [
  ...project.contracts.keys(),
  ...project.enrichments.keys(),
  ...project.models.keys(),
]

test('every source, enrichment, table and view of the messy feeds, forwards and backwards', async () => {
  const workspace = temporaryFolder()
  await runFeeds({ input: messy, workspace })
  const files = Object.fromEntries(readdirSync(messy).map((name) => [name, readFileSync(join(messy, name))]))
  const [header, ...lines] = files['claims_a.csv']!.toString().trimEnd().split('\n')
  const amount = header!.trim().split(',').indexOf('amount')
  const changed = lines.slice(0, 9).map((line) => line.split(',').with(amount, '1.13').join(','))
  const more = folderOf({ ...files, 'claims_x.csv': [header, ...changed, 'NEW-1,11-1111111'].join('\n') })
  await runFeeds({ input: more, workspace, asOf: '2023-02-28' })
  await runFeeds({
    input: folderOf({ 'claims_y.csv': claims('NEW-2,11-1111111,2022-01-01,5.00,Dental,2023-01-01') }),
    workspace,
    asOf: '2023-02-28',
  })
  const workbench = opened(workspace)
  const pairs = [
    [1, 2],
    [2, 3],
    [1, 3],
    [2, 2],
  ] as const
  const differing = new Set<string>()
  for (const [before, after] of pairs)
    for (const name of namesOf(workbench)) {
      const { added, removed, changed: others } = expectExact(workbench, name, before, after)
      if (before === after) expect([added, removed, others], name).toEqual([0, 0, 0])
      if (added + removed + others > 0) differing.add(name)
    }
  expect([...differing]).toEqual(expect.arrayContaining(['claims', 'stg_claims', 'validation_errors']))
})

test('a part that a run holds back is compared as readers saw it', async () => {
  const workspace = temporaryFolder()
  const sales = (...rows: readonly string[]) =>
    folderOf({ 'sales.csv': `sale_id,shop,item,pieces,updated\n${rows.join('\n')}\n` })
  const project = heldProject
  const all = ['1,s1,pen,4,2022-01-01', '2,s2,ink,5,2022-01-01', '3,s3,pad,6,2022-01-01']
  await runFeeds({ input: sales(...all), workspace, project })
  await runFeeds({ input: sales('1,s1,pen,6000,2022-01-02', '2,s2,ink,7,2022-01-02'), workspace, project })
  await runFeeds({ input: sales('1,s1,pen,9,2022-01-03'), workspace, project })
  const workbench = opened(workspace, project)
  for (const [before, after] of [
    [1, 2],
    [2, 3],
    [1, 3],
    [3, 2],
  ] as const)
    for (const name of namesOf(workbench)) expectExact(workbench, name, before, after)
  const isByVersions = (name: string, before: number, after: number) =>
    planComparison(workbench, name, { before, after }).task.before.countSql !== null
  expect(isByVersions('sales', 1, 2)).toBe(false)
  expect(isByVersions('item_totals', 1, 2)).toBe(true)
  expect(isByVersions('sales', 1, 3)).toBe(true)
  expect(expectExact(workbench, 'sales', 1, 2)).toMatchObject({ changed: 1, unchanged: 2 })
  expect(expectExact(workbench, 'sales', 2, 3)).toMatchObject({ changed: 1, unchanged: 2 })
})

test('a candidate can be compared, and after a rollback the later run too', async () => {
  const workspace = temporaryFolder()
  const project = strictProject()
  const deliver = (name: string, row: string) =>
    runFeeds({ input: folderOf({ [`claims_${name}.csv`]: claims(row) }), workspace, project })
  await deliver('1', 'C1,11-1111111,2022-01-01,5.00,Dental,')
  await deliver('2', 'C2,11-1111111,2022-01-01,7.00,Dental,')
  expect((await deliver('3', 'C3,11-1111111,2022-01-01,7000.00,Dental,')).status).toBe('blocked')
  expect(expectExact(opened(workspace, project), 'stg_claims', 2, 3)).toMatchObject({ added: 1, unchanged: 2 })
  const runs = openRuns(workspace, project)
  await runs.discard(3)
  const refused = (before: number, after: number) => () =>
    planComparison(runs.workbench, 'stg_claims', { before, after })
  expect(refused(2, 3)).toThrow('Run 3 cannot be compared')
  await runs.rollBack(1)
  expect(expectExact(runs.workbench, 'stg_claims', 1, 2)).toMatchObject({ added: 1, unchanged: 1 })
  await deliver('4', 'C4,11-1111111,2022-01-01,8.00,Dental,')
  expect(refused(1, 2)).toThrow('Run 2 cannot be compared: it was taken back')
  expect(refused(1, 99)).toThrow('Run 99 cannot be compared: there is no such run.')
  expect(expectExact(runs.workbench, 'stg_claims', 1, 4)).toMatchObject({ added: 1, unchanged: 1 })
})

test('runs beyond the retention are refused with those that there are', async () => {
  const project = join(temporaryFolder(), 'benefits')
  cpSync(benefits, project, { recursive: true })
  const path = join(project, 'project.yml')
  writeFileSync(path, `${readFileSync(path, 'utf8')}\nretention_runs: 2\n`)
  const workspace = temporaryFolder()
  for (const number of [1, 2, 3])
    await runFeeds({
      input: folderOf({
        [`claims_${number}.csv`]: claims(`C1,11-1111111,2022-01-01,${number}.00,Dental,2022-02-0${number}`),
      }),
      workspace,
      project,
    })
  const workbench = opened(workspace, project)
  let error: unknown
  try {
    planComparison(workbench, 'stg_claims', { before: 1, after: 3 })
  } catch (thrown) {
    error = thrown
  }
  expect(error).toMatchObject({
    code: 'USAGE',
    message: 'Run 1 cannot be compared: its rows are older than the retention keeps.',
    hint: 'Those that can be compared: 3, 2.',
  })
  expect(expectExact(workbench, 'stg_claims', 2, 3)).toMatchObject({ changed: 1 })
})
