import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { releaseCandidate } from '../../../src/main/pipeline/run/publish/settle-candidate.ts'
import { folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { projectWith } from '../check/check-world.ts'
import { guardsOf } from './guards-world.ts'

const project = (config = '', sum = 'sum(number)') =>
  projectWith({
    more: `  - name: counted
    config: { layer: mart, materialized: table, grain: [word] }
    columns:
      - { name: word, data_type: text }
      - { name: total, data_type: integer }
      - { name: things, data_type: integer }
unit_tests:
  - name: sums
    model: counted
    ${config}
    given:
      - input: ref('thing')
        rows: [{ word: x, number: 2 }, { word: x, number: 3 }, { word: y, number: 1 }]
    expect: { rows: [{ word: x, total: 5, things: 2 }, { word: y, total: 1, things: 1 }] }
`,
    sql: { counted: `SELECT word, ${sum} AS total, count(*) AS things FROM {{ ref('thing') }} GROUP BY word` },
  })

const feed = (last: number) => folderOf({ 'things.csv': `code,word,number,amount,day\na,x,1,,\nb,x,${last},,\n` })

function change(at: string, from: string, to: string): void {
  for (const name of ['counted.sql', 'things.yml']) {
    const path = join(at, 'models', name)
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
  }
}

const message =
  'The unit test sums of counted fails: total is 3, and 5 is expected, where word = x, things = 2. How to see more: assay checks test --model counted'

test('a failing unit test of a model that changed blocks the run; what is the same as in the published run is not tested again', async () => {
  const at = project()
  const workspace = temporaryFolder()
  expect((await runFeeds({ input: feed(1), workspace, project: at })).status).toBe('published')
  change(at, 'sum(number)', 'max(number)')
  const run = await runFeeds({ input: feed(2), workspace, project: at })
  expect(run).toMatchObject({
    status: 'blocked',
    is_candidate: true,
    error: { code: 'RUN_BLOCKED', message: `A unit test stopped the run. ${message}`, place: { table: 'counted' } },
    guards: [{ model: 'counted', guard: 'unit_test', status: 'fail', value: 1, message }],
  })
  // Once a person has released it the model is the published one.
  const workbench = openWorkbench({ projectFolder: at, workspaceFolder: workspace, create: false })
  await releaseCandidate(workbench, run.run_id, { who: 'ann', reason: 'it is meant' }).finally(() => workbench.close())
  expect(await runFeeds({ input: feed(3), workspace, project: at })).toMatchObject({ status: 'published', guards: [] })
  // A test that changed is run as well.
  change(at, 'total: 5', 'total: 4')
  const other = await runFeeds({ input: feed(4), workspace, project: at })
  expect(other.error?.message).toContain('total is 3, and 4 is expected')
  change(at, 'total: 4', 'total: 3')
  expect((await runFeeds({ input: feed(5), workspace, project: at })).status).toBe('published')
})

test('the first run of a workspace is tested too; a test of severity warn only warns', async () => {
  const workspace = temporaryFolder()
  const input = feed(1)
  expect((await runFeeds({ input, workspace, project: project('', 'max(number)') })).status).toBe('blocked')
  const mild = project('config: { severity: warn }', 'max(number)')
  const run = await runFeeds({ input, workspace, project: mild })
  expect(run.status).toBe('published')
  expect(guardsOf(workspace, run.run_id)).toMatchObject([{ guard: 'unit_test', status: 'warn', message }])
  expect(run.log.some(({ level, message: said }) => level === 'warn' && said === message)).toBe(true)
})
