import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareRuns } from '../../../src/main/pipeline/run/comparison/compare-runs.ts'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { crash } from '../../helpers/broken-off.ts'
import { dailyFeeds, dateOf, firstDay } from '../../helpers/daily-feeds.ts'
import { deliveredFile, folderWith, hasFeed, named } from '../../helpers/deliveries.ts'
import { benefits, folderOf, repository, runFeeds, runOf, temporaryFolder } from '../../helpers/feeds.ts'
import { feedsRequest } from '../../helpers/killed-run.ts'
import { expectMetricsOfTables } from '../../helpers/measure-anew.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'
import { runAgain } from '../../helpers/run-again.ts'
import { openRuns } from '../../helpers/published-runs.ts'
import { strictProject } from '../../helpers/strict-project.ts'

const messy = join(repository, 'test/fixtures/messy/input')
const asOf = dateOf(firstDay + 400)
const claims = (...rows: readonly string[]) =>
  folderOf({
    'claims_more.csv': `claim_id,company_ein,service_date,amount,claim_type,last_updated\n${rows.join('\n')}\n`,
  })

/** All that is kept of metrics, as it stands. */
function metricsIn(workspace: string) {
  const { connection } = openWorkspace(workspace)
  try {
    return ['assay_metric', 'assay_company_metric'].map((table) =>
      connection.prepare(`SELECT * FROM ${table} ORDER BY version`).all(),
    )
  } finally {
    connection.close()
  }
}

test('metrics of the messy feeds are those of the tables through deliveries, corrections, replays, rollback and rebuilding', async () => {
  const workspace = temporaryFolder()
  await runFeeds({ input: messy, workspace })
  expectMetricsOfTables(workspace)
  await runFeeds({
    input: claims(
      'C1,33-3333333,2022-01-20,99999999.21,Dental,2022-12-30',
      'N1,33-3333333,2022-02-20,7,Life,2022-12-30',
    ),
    workspace,
  })
  expectMetricsOfTables(workspace)
  const quarantine = openQuarantine(workspace)
  const edits = (await quarantine.rows())
    .filter(({ source }) => source === 'claims')
    .slice(0, 20)
    .map(async ({ id }) =>
      quarantine.correctRow(id, { amount: '12.50', service_date: '2022-05-05', claim_type: 'Vision' }),
    )
  // Some of them are beyond mending.
  const mended = await Promise.allSettled(edits)
  expect(mended.some(({ status }) => status === 'fulfilled')).toBe(true)
  await quarantine.replayAll()
  quarantine.close()
  expectMetricsOfTables(workspace)
  // The greatest amount goes, and with it the maximum.
  await runFeeds({ input: claims('C1,33-3333333,2022-01-20,42.21,Dental,2022-12-31'), workspace })
  expectMetricsOfTables(workspace)
  const runs = openRuns(workspace)
  const [last] = await runs.all()
  await runs.rollBack((last?.run_id ?? 0) - 2)
  runs.close()
  await runFeeds({ input: claims('N2,33-3333333,2022-01-20,1.00,Dental,2022-12-31'), workspace })
  expectMetricsOfTables(workspace)
  await runAgain(workspace, { fullRefresh: true })
  expectMetricsOfTables(workspace)
})

test('whatever is delivered, metrics brought forward are those of the tables', async () => {
  expect.hasAssertions()
  await fc.assert(
    fc.asyncProperty(fc.array(deliveredFile, { minLength: 2, maxLength: 5 }), async (files) => {
      const workspace = temporaryFolder()
      for (const [index, file] of files.entries()) {
        const delivery = [named(file, index)]
        if (!hasFeed(delivery)) continue
        await runFeeds({ input: folderWith(delivery), workspace })
        expectMetricsOfTables(workspace)
      }
    }),
    { numRuns: 8 },
  )
})

test('larger feeds, with more values than are counted each, are brought forward day by day', async () => {
  expect.hasAssertions()
  const workspace = temporaryFolder()
  for (let day = firstDay; day < firstDay + 9; day += 1) {
    await runFeeds({ input: folderOf(dailyFeeds(5, day, { rowsADay: 600, pastDays: 2 })), workspace, asOf })
    expectMetricsOfTables(workspace)
  }
})

test('of parts that are held back, what readers see is measured; the run after measures all anew', async () => {
  expect.hasAssertions()
  const project = join(repository, 'test/fixtures/held-project')
  const workspace = temporaryFolder()
  const sales = (pieces: number, day: number) => {
    const lines = Array.from(
      { length: 12 },
      (_, index) => `${index},s${index % 4},pen,${index === 0 ? pieces : index + day},2022-01-0${day}`,
    )
    return folderOf({ 'sales.csv': `sale_id,shop,item,pieces,updated\n${lines.join('\n')}\n` })
  }
  for (const [index, pieces] of [1, 1_000, 1_001, 5, 6].entries()) {
    await runFeeds({ input: sales(pieces, index + 1), workspace, project })
    expectMetricsOfTables(workspace, project)
  }
})

test('a blocked run is measured as a candidate, and is taken back with all that it measured', async () => {
  const project = strictProject()
  const workspace = temporaryFolder()
  const good = claims('C1,11-1111111,2022-01-20,10,Dental,2022-02-01', 'C2,22-2222222,2022-01-21,20,Life,2022-02-01')
  await runFeeds({ input: good, workspace, project })
  const before = metricsIn(workspace)
  const blocked = await runFeeds({
    input: claims('C3,11-1111111,2022-01-20,5000,Dental,2022-02-01'),
    workspace,
    project,
  })
  expect(blocked.status).toBe('blocked')
  expectMetricsOfTables(workspace, project)
  expect(metricsIn(workspace)).not.toEqual(before)
  const runs = openRuns(workspace, project)
  await runs.discard(blocked.run_id)
  runs.close()
  expect(metricsIn(workspace)).toEqual(before)
  await runFeeds({ input: claims('C3,11-1111111,2022-01-20,50,Dental,2022-02-01'), workspace, project })
  expectMetricsOfTables(workspace, project)
})

/** What is said of the last run beside the one before it. */
function verdictIn(workspace: string): string | undefined {
  const workbench = openWorkbench({ projectFolder: benefits, workspaceFolder: workspace, create: false })
  const found = compareRuns(workbench, {})
  workbench.close()
  return found?.verdict.sentence
}

test('a run that is ended right after it was published is not compared by values, and the next one measures anew', async () => {
  const workspace = temporaryFolder()
  await runFeeds({ input: messy, workspace })
  const input = claims('N1,33-3333333,2022-02-20,7,Life,2022-12-30')
  await crash(feedsRequest({ input, workspace }), 'measuring')
  expect(runOf(workspace, 2).status).toBe('published')
  expect(verdictIn(workspace)).toMatch(/^Run 2 is not measured/)
  await runFeeds({ input: claims('N2,33-3333333,2022-02-21,8,Life,2022-12-30'), workspace })
  expectMetricsOfTables(workspace)
  expect(verdictIn(workspace)).toMatch(/^Run 2 is not measured/)
  await runFeeds({ input: claims('N3,33-3333333,2022-02-22,9,Life,2022-12-30'), workspace })
  expect(verdictIn(workspace)).not.toMatch(/not measured/)
})

test('a run that cannot be measured is published all the same, and says so', async () => {
  const workspace = temporaryFolder()
  await runFeeds({ input: messy, workspace })
  const { connection } = openWorkspace(workspace)
  connection.exec(
    "CREATE TRIGGER no_room BEFORE INSERT ON assay_metric BEGIN SELECT RAISE(ABORT, 'no room for metrics'); END",
  )
  const input = claims('N1,33-3333333,2022-02-20,7,Life,2022-12-30')
  expect((await runFeeds({ input, workspace })).status).toBe('published')
  expect(runOf(workspace, 2).log).toContainEqual(
    expect.objectContaining({ level: 'warn', message: expect.stringContaining('could not be measured') as string }),
  )
  connection.exec('DROP TRIGGER no_room')
  connection.close()
  await runFeeds({ input: claims('N2,33-3333333,2022-02-21,8,Life,2022-12-30'), workspace })
  expectMetricsOfTables(workspace)
})

test('a preview records nothing', async () => {
  const workspace = temporaryFolder()
  await runFeeds({ input: messy, workspace })
  const before = metricsIn(workspace)
  const quarantine = openQuarantine(workspace)
  const [row] = (await quarantine.rows()).filter(({ source }) => source === 'claims')
  await quarantine.correctRow(row?.id ?? 0, { amount: '12.50', service_date: '2022-05-05', claim_type: 'Vision' })
  await quarantine.replay({ preview: true })
  quarantine.close()
  expect(metricsIn(workspace)).toEqual(before)
})

test('a workspace from before there were metrics gets them with its next run', async () => {
  expect.hasAssertions()
  const workspace = temporaryFolder()
  await runFeeds({ input: messy, workspace })
  const { connection } = openWorkspace(workspace)
  for (const table of ['assay_metric', 'assay_company_metric']) connection.exec(`DELETE FROM ${table}`)
  connection.exec("DELETE FROM assay_run_table WHERE table_name IN ('assay_metric', 'assay_company_metric')")
  connection.close()
  await runFeeds({ input: claims('N1,33-3333333,2022-02-20,7,Life,2022-12-30'), workspace })
  expectMetricsOfTables(workspace)
})

test('models and columns of a project that changed are measured with the next run', async () => {
  expect.hasAssertions()
  const project = join(temporaryFolder(), 'benefits')
  cpSync(benefits, project, { recursive: true })
  const workspace = temporaryFolder()
  await runFeeds({ input: messy, workspace, project })
  const path = join(project, 'models/marts/fct_employee_roster.sql')
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace("THEN 'Unknown'", "THEN 'No idea'"))
  const contract = join(project, 'contracts/claims.yml')
  appendFileSync(
    contract,
    `      - name: ward
        logicalType: string
        description: Where it was.
`,
  )
  await runFeeds({
    input: folderOf({
      'claims_more.csv':
        'claim_id,company_ein,service_date,amount,claim_type,ward,last_updated\nN1,33-3333333,2022-02-20,7,Life,west,2022-12-30\n',
    }),
    workspace,
    project,
  })
  expectMetricsOfTables(workspace, project)
})
