import { expect, onTestFinished, test } from 'vitest'
import { runsHandlers } from '../../../src/main/features/runs/handlers.ts'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { proveWorkspace } from '../../../src/main/pipeline/run/diagnose/prove-workspace.ts'
import { runPipeline } from '../../../src/main/pipeline/run/run-pipeline.ts'
import type { RunProgress } from '../../../src/main/pipeline/run/run-progress.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { engineContext } from '../../helpers/engine-context.ts'
import { benefits, exportPublished, folderOf, runFeeds, runOf, temporaryFolder } from '../../helpers/feeds.ts'
import { runAgain } from '../../helpers/run-again.ts'

const jobThread = new URL('../../../src/main/hosts/engine/job-thread.ts', import.meta.url)
const companies = Array.from({ length: 12 }, (_, index) => `${10 + index}-0000001`)
const claims = (from: number, count: number, cents = 25) =>
  `claim_id,company_ein,service_date,amount,claim_type,last_updated\n${Array.from({ length: count }, (_, index) => {
    const number = from + index
    const day = new Date(Date.UTC(2022, 0, 1 + (number % 300))).toISOString().slice(0, 10)
    const amount = number % 15 === 0 ? 'broken' : `${(number % 90) + 1}.${cents}`
    return `C${number},${companies[number % companies.length]},${day},${amount},Dental,2022-12-01`
  }).join('\n')}\n`

async function workspaceOfTwo(): Promise<string> {
  const workspace = temporaryFolder()
  await runFeeds({ input: folderOf({ 'claims_1.csv': claims(0, 300) }), workspace })
  await runFeeds({ input: folderOf({ 'claims_2.csv': claims(200, 200, 75) }), workspace })
  return workspace
}

/** How many row versions the run made or closed, of all tables. */
function versionsOf(workspace: string, runId: number): number {
  const { connection } = openWorkspace(workspace)
  try {
    const tables = connection
      .prepare("SELECT tbl_name FROM sqlite_schema WHERE type = 'index' AND name = tbl_name || '_closed'")
      .pluck()
      .all() as string[]
    const count = (table: string) =>
      Number(
        connection
          .prepare(`SELECT count(*) FROM "${table}" WHERE from_run = ${runId} OR to_run = ${runId}`)
          .pluck()
          .get(),
      )
    return tables.reduce((total, table) => total + count(table), 0)
  } finally {
    connection.close()
  }
}

/** Spoils published marts behind the program's back: what is then mended was built. */
function spoil(workspace: string, table: string, condition: string): number {
  const { connection } = openWorkspace(workspace)
  try {
    return connection
      .prepare(`UPDATE ${table} SET current_90d_cost = current_90d_cost + 1 WHERE to_run IS NULL AND ${condition}`)
      .run().changes
  } finally {
    connection.close()
  }
}

test('a backfill builds just the companies and days that it names, and three of them make nothing new', async () => {
  const workspace = await workspaceOfTwo()
  const published = exportPublished(workspace)
  for (const backfill of [
    { companies: ['100000001'] },
    { companies: ['10-0000001'], from: '2022-03-01', to: '2022-03-31' },
    { from: '2022-03-01', to: '2022-03-31' },
    { from: '2022-03-01' },
    {},
  ])
    for (let time = 0; time < 3; time += 1) {
      const { run_id, status } = await runAgain(workspace, { rebuild: backfill })
      expect(status).toBe('published')
      expect(versionsOf(workspace, run_id), JSON.stringify(backfill)).toBe(0)
      expect(exportPublished(workspace)).toEqual(published)
    }

  expect(spoil(workspace, 'fct_claims_rolling_90d', "company_ein IN ('10-0000001', '11-0000001')")).toBeGreaterThan(2)
  await runAgain(workspace, { rebuild: { companies: ['11-0000001'] } })
  expect(exportPublished(workspace)).not.toEqual(published)
  await runAgain(workspace, { rebuild: { companies: ['10-0000001'], from: '2022-01-01', to: '2022-12-31' } })
  expect(exportPublished(workspace)).toEqual(published)
})

test('the models that selectors name are built again, and their checks run', async () => {
  const workspace = await workspaceOfTwo()
  const published = exportPublished(workspace)
  spoil(workspace, 'fct_claims_rolling_90d', 'true')
  await runAgain(workspace, { rebuild: { select: ['mart_cost_spikes+', '+int_company_enriched'] } })
  expect(exportPublished(workspace)).not.toEqual(published)
  const run = await runAgain(workspace, { rebuild: { select: ['fct_claims_rolling_90d+'] } })
  expect(exportPublished(workspace)).toEqual(published)
  expect(
    runOf(workspace, run.run_id)
      .log.map(({ message }) => message)
      .join(),
  ).toContain('fct_claims_rolling_90d, mart_cost_spikes, cost_spikes are built again.')
  await expect(runAgain(workspace, { rebuild: { select: ['nothing+'] } })).rejects.toThrow(/has no model nothing/)
  await expect(runAgain(workspace, { rebuild: { companies: ['no company'] } })).rejects.toThrow(/is not a company/)
  await expect(runAgain(workspace, { rebuild: { from: '2022-02-01', to: '2022-01-01' } })).rejects.toThrow(/are none/)
})

test('a rerun that is asked for in the workbench builds from a model on', async () => {
  const workspace = await workspaceOfTwo()
  const published = exportPublished(workspace)
  spoil(workspace, 'fct_claims_rolling_90d', 'true')
  const workbench = openWorkbench({ projectFolder: benefits, workspaceFolder: workspace, create: false })
  onTestFinished(() => workbench.close())
  let last: RunProgress | null = null
  const handlers = runsHandlers(
    engineContext(workbench, (request) =>
      runPipeline(request, { started() {}, progress: (progress) => (last = progress), log() {} }, jobThread),
    ),
  )
  const all = { companies: [], from: null, to: null }
  await handlers.rerun({ model: 'mart_cost_spikes', descendants: true, ...all })
  expect(exportPublished(workspace)).not.toEqual(published)
  await handlers.rerun({ model: 'fct_claims_rolling_90d', descendants: false, ...all })
  expect(exportPublished(workspace)).toEqual(published)
  expect(() => handlers.rerun({ model: 'nothing', descendants: false, ...all })).toThrow(/no model nothing/)

  // By its stage, for a company that no row is of: refused, no run is started; for all; and from the feeds that were kept.
  spoil(workspace, 'fct_claims_rolling_90d', 'true')
  const runsBefore = handlers.list({ limit: 500 })
  expect(() => handlers.rerun({ model: 'fact', descendants: false, ...all, companies: ['99-9999999'] })).toThrow(
    'No staged row is of 99-9999999',
  )
  expect(handlers.list({ limit: 500 })).toEqual(runsBefore)
  expect(exportPublished(workspace)).not.toEqual(published)
  await handlers.rerun({ model: 'fact', descendants: true, ...all })
  expect(exportPublished(workspace)).toEqual(published)
  spoil(workspace, 'fct_claims_rolling_90d', 'true')
  await handlers.refresh({})
  expect(exportPublished(workspace)).toEqual(published)
  // How far it has come is told by what it reads, which is kept in the workspace.
  const bytes = claims(0, 300).length + claims(200, 200, 75).length
  expect(progressOf(last, 'claims')).toMatchObject({ bytes_total: bytes, bytes_read: bytes, rows_read: 500 })

  const runs = await handlers.list({ limit: 10 })
  expect(runs.map(({ purpose }) => purpose)).toEqual(['full_refresh', 'rerun', 'rerun', 'rerun', 'feeds', 'feeds'])
  // A rerun leaves the models as they were that it is not about.
  const { models, source_count: sources, has_run_before: isAfter } = await handlers.show({ run_id: 3 })
  expect(models.filter((model) => model.built !== null).map(({ name }) => name)).toEqual([
    'mart_cost_spikes',
    'cost_spikes',
  ])
  expect([sources, isAfter]).toEqual([5, true])
})

function progressOf(progress: RunProgress | null, source: string) {
  return progress?.sources.find(({ name }) => name === source)
}

test('a full refresh of a sound workspace makes no version, and mends one that is not', async () => {
  const workspace = await workspaceOfTwo()
  const published = exportPublished(workspace)
  const sound = await runAgain(workspace, { fullRefresh: true })
  expect(sound.status).toBe('published')
  expect(versionsOf(workspace, sound.run_id)).toBe(0)
  expect(runOf(workspace, sound.run_id).sources['claims']).toMatchObject({
    rows_read: 500,
    inserted: 0,
    updated: 0,
    unchanged: 373,
    quarantined: 33,
  })
  const { connection } = openWorkspace(workspace)
  connection.exec(`
    UPDATE staged_claims SET amount = amount + 1 WHERE to_run IS NULL AND company_ein = '10-0000001';
    DELETE FROM staged_claims WHERE to_run IS NULL AND company_ein = '11-0000001'`)
  connection.close()
  const third = folderOf({ 'claims_3.csv': claims(400, 150) })
  const mended = await runAgain(workspace, { fullRefresh: true, input: third })
  expect(runOf(workspace, mended.run_id).files.map(({ file }) => file)).toEqual(['claims_3.csv'])
  const proof = await proveWorkspace({
    projectFolder: benefits,
    workspaceFolder: workspace,
    jobThread,
    progress() {},
  })
  expect(proof).toMatchObject({ is_equal: true, deliveries: 3 })
  await runAgain(workspace, { fullRefresh: true, input: third })
  const whole = temporaryFolder()
  await runFeeds({
    input: folderOf({
      'claims_1.csv': claims(0, 300),
      'claims_2.csv': claims(200, 200, 75),
      'claims_3.csv': claims(400, 150),
    }),
    workspace: whole,
  })
  expect(exportPublished(workspace)).toEqual(exportPublished(whole))
  expect(exportPublished(workspace)).not.toEqual(published)
})
