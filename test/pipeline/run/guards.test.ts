import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { runFeeds, runOf } from '../../helpers/feeds.ts'
import { goodRuns, guardsOf, shippingFeeds, shippingProject } from './guards-world.ts'

test('a join that breaks the grain is stopped; the input, the key and the counts are named', async () => {
  const project = shippingProject()
  const workspace = await goodRuns(project, 1)
  const run = runFeeds({ input: shippingFeeds(21, 13), workspace, project })
  await expect(run).rejects.toMatchObject({
    code: 'MODEL_FAILED',
    message:
      'The model company_rate has 14 rows for the key company = K3: rates has 14 rows for company = K3 (1 before), which the join ON r.company = o.company multiplies. Its grain is one row per company.',
  })
  expect(guardsOf(workspace, 2)).toMatchObject([{ model: 'company_rate', guard: 'fan_out', status: 'fail', value: 14 }])
  expect(runOf(workspace, 2)).toMatchObject({ status: 'failed', error: { place: { table: 'company_rate' } } })
  expect(runOf(workspace, 1).is_current).toBe(true)
})

test('rows of one company that multiply within the grain block the run, and the cause is named', async () => {
  const project = shippingProject({ models: ['charges'] })
  const workspace = await goodRuns(project, 8)
  const run = await runFeeds({ input: shippingFeeds(28, 13), workspace, project })
  expect(run).toMatchObject({ status: 'blocked', error: { code: 'RUN_BLOCKED', place: { table: 'charges' } } })
  expect(run.error?.message).toBe(
    'A guard stopped the run. charges has 392 rows for K3, 14.5 times what it had (27), and more than any of its inputs: a join multiplies rows. rates has 14 rows for company = K3 (1 before), orders has 28 rows for company = K3 (27 before).',
  )
  // The tables lie aside; the next good run begins where readers are.
  expect(await runFeeds({ input: shippingFeeds(28), workspace, project })).toMatchObject({ status: 'published' })
})

test('a model that grows as a whole beyond its history and its inputs is stopped, or only warned of', async () => {
  const feeds = shippingFeeds(28, 400)
  const strict = shippingProject({ models: ['charges'] })
  const workspace = await goodRuns(strict, 8)
  const blocked = await runFeeds({ input: feeds, workspace, project: strict })
  expect(blocked.error?.message).toContain('more than its largest input rates (410)')
  const mild = shippingProject({
    models: ['charges'],
    yaml: (text) => text.replace('grain: [order_id, rate_id]', 'grain: [order_id, rate_id], guard: { severity: warn }'),
  })
  const warned = await runFeeds({ input: feeds, workspace, project: mild })
  expect(warned.status).toBe('published')
  expect(guardsOf(workspace, warned.run_id)[0]).toMatchObject({ model: 'charges', guard: 'growth', status: 'warn' })
})

test('guards that learn are quiet before there are eight good runs, and while all goes as usual', async () => {
  const project = shippingProject({ models: ['charges'] })
  const few = await goodRuns(project, 7)
  expect(await runFeeds({ input: shippingFeeds(28, 13), workspace: few, project })).toMatchObject({
    status: 'published',
  })
  const workspace = await goodRuns(project, 12)
  const verdicts = Array.from({ length: 12 }, (_, run) => guardsOf(workspace, run + 1)).flat()
  expect(verdicts.length).toBeGreaterThan(0)
  expect(verdicts.filter(({ status }) => status !== 'pass')).toEqual([])
})

test('a model that costs far more than it did warns; with its own limit and severity it stops', async () => {
  const project = shippingProject({ models: ['charges'] })
  const workspace = await goodRuns(project, 8, 110)
  const { connection } = openWorkspace(workspace)
  // As if the runs so far had read a tenth: the next one reads far more.
  connection.exec(`UPDATE assay_run_profile SET inputs = '{"orders": 20, "rates": 2}'`)
  connection.close()
  const warned = await runFeeds({ input: shippingFeeds(118), workspace, project })
  expect(warned.status).toBe('published')
  expect(guardsOf(workspace, warned.run_id)[0]).toMatchObject({
    guard: 'rows_read',
    status: 'warn',
    message:
      'charges read 1,190 rows; the median of its last 8 runs is 22, and up to 1,022 is usual. Most are of orders: 1,180.',
  })
  const strict = shippingProject({
    models: ['charges'],
    yaml: (text) =>
      text.replace(
        'grain: [order_id, rate_id]',
        'grain: [order_id, rate_id], guard: { max_seconds: 0.000001, severity: error }',
      ),
  })
  const stopped = await runFeeds({ input: shippingFeeds(119), workspace, project: strict })
  expect(stopped).toMatchObject({ status: 'blocked', error: { place: { table: 'charges' } } })
  expect(stopped.error?.message).toContain('its .yml allows')
})

test('a model that grows with its inputs, or a little where there is little, is no explosion', async () => {
  const project = shippingProject({ models: ['charges'] })
  const workspace = await goodRuns(project, 8)
  // A few more orders, and a second rate for one company.
  expect(await runFeeds({ input: shippingFeeds(28, 1), workspace, project })).toMatchObject({ status: 'published' })
})

test('a view whose join repeats keys is stopped by its check, and the guard names the cause', async () => {
  const project = shippingProject({
    yaml: (text) =>
      text
        .replace('materialized: table, grain: [company]', 'materialized: view, grain: [company]')
        .replace(/(name: company_rate[^]*?- \{ name: company, data_type: text)/, '$1, data_tests: [unique]'),
  })
  const workspace = await goodRuns(project, 1)
  const run = await runFeeds({ input: shippingFeeds(21, 13), workspace, project })
  expect(run).toMatchObject({ status: 'blocked', error: { code: 'RUN_BLOCKED', place: { table: 'company_rate' } } })
  expect(run.error?.message).toContain(
    'rates has 14 rows for company = K3 (1 before), which the join ON r.company = o.company multiplies',
  )
})

test('an input that shares no column with the grain is counted by the lineage of the model', async () => {
  const project = shippingProject({
    yaml: (text) =>
      text
        .replace('grain: [company] }', "grain: [client], lineage: [{ to: rates, on: 's.company = r.client' }] }")
        .replace(/(name: company_rate[^]*?- \{ name: )company,/, '$1client,'),
  })
  const path = join(project, 'models/company_rate.sql')
  writeFileSync(path, readFileSync(path, 'utf8').replace('SELECT o.company,', 'SELECT o.company AS client,'))
  const workspace = await goodRuns(project, 1)
  await expect(runFeeds({ input: shippingFeeds(21, 13), workspace, project })).rejects.toThrow(
    'the join with rates multiplies rows; rates has 14 rows for s.company = r.client',
  )
})
