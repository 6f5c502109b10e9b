import { expect, test } from 'vitest'
import { profileModel } from '../../../src/main/features/models/profile/profile-model.ts'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { runFeeds } from '../../helpers/feeds.ts'
import { goodRuns, shippingFeeds, shippingProject } from '../../pipeline/run/guards-world.ts'

function profileOf(workspace: string, project: string, name: string, runId: number | null = null) {
  const workbench = openWorkbench({ projectFolder: project, workspaceFolder: workspace, create: false })
  try {
    return profileModel(workbench, name, runId, { keys: true, joins: true })
  } finally {
    workbench.close()
  }
}

test('rows in and out, keys, plan and the last good run of a published model', async () => {
  const project = shippingProject({ models: ['charges'] })
  const workspace = await goodRuns(project, 2)
  const profile = profileOf(workspace, project, 'charges')
  expect(profile).toMatchObject({
    run_id: 2,
    built_in: 2,
    scope: 'whole',
    rows: 210,
    last_good: { run_id: 1, rows: 200 },
    inputs: [
      { name: 'orders', kind: 'source', rows: 210, rows_before: 200, ratio: 1 },
      { name: 'rates', kind: 'source', rows: 10, rows_before: 10, ratio: 21 },
    ],
    plan_changes: [],
  })
  // By what the join goes by: ten companies with 21 orders each, 20 before, and one rate.
  const [orders, rates] = profile.inputs.map(({ keys }) => keys)
  expect(orders).toMatchObject({ columns: ['company'], distinct: 10, most_rows: 21, most_rows_before: 20 })
  expect(rates).toMatchObject({ columns: ['company'], distinct: 10, most_rows: 1 })
  expect(profile.keys).toMatchObject({ columns: ['order_id'], distinct: 210, most_rows: 1 })
  expect(profile.plan.map(({ note }) => note).join('\n')).toMatch(/Full scan: all rows of/)
})

test('a fan-out shows in the keys of the run that was stopped, beside the last good run', async () => {
  const project = shippingProject()
  const workspace = await goodRuns(project, 1)
  await expect(runFeeds({ input: shippingFeeds(21, 13), workspace, project })).rejects.toThrow('14 rows')
  const profile = profileOf(workspace, project, 'company_rate')
  expect(profile).toMatchObject({ run_id: 2, built_in: 1, guards: [{ guard: 'fan_out', status: 'fail' }] })
  const rates = profile.inputs.find(({ name }) => name === 'rates')?.keys
  expect(rates).toMatchObject({ columns: ['company'], rows: 23, distinct: 10, most_rows: 14, most_rows_before: 1 })
  expect(rates?.top[0]).toEqual({ key: 'company = K3', rows: 14 })
})

const all = (rows: number) => ({ rows, is_more: false })

test('the join that multiplies is named, with the rows that go in and come out, beside the last good run', async () => {
  const project = shippingProject({
    models: ['charges'],
    // The orders with their rates, twice over: only the second join multiplies once a company has many rates.
    sql: `WITH known AS (
      SELECT o.order_id, o.company, o.pieces FROM {{ source('feeds', 'orders') }} AS o
      JOIN (SELECT DISTINCT company FROM {{ source('feeds', 'rates') }}) AS c ON c.company = o.company
    )
    SELECT k.order_id, r.rate_id, k.company, k.pieces * r.cents AS cents
    FROM known AS k LEFT JOIN {{ source('feeds', 'rates') }} AS r ON r.company = k.company`,
  })
  const workspace = await goodRuns(project, 2)
  await runFeeds({ input: shippingFeeds(21, 13), workspace, project })
  const { joins, joins_note: note } = profileOf(workspace, project, 'charges')
  expect(note).toBe(null)
  expect(joins).toEqual([
    {
      place: 'known',
      kind: 'JOIN',
      joined: '(a query) AS c',
      condition: 'ON c.company = o.company',
      rows: { left: all(210), right: all(10), out: all(210), effect: 'keeps' },
      rows_before: { left: all(210), right: all(10), out: all(210), effect: 'keeps' },
    },
    {
      place: 'the SELECT',
      kind: 'LEFT JOIN',
      joined: 'rates AS r',
      condition: 'ON r.company = k.company',
      rows: { left: all(210), right: all(23), out: all(210 + 13 * 21), effect: 'multiplies' },
      rows_before: { left: all(210), right: all(10), out: all(210), effect: 'keeps' },
    },
  ])
})

test('a run that a fan-out stopped shows the join that did it', async () => {
  const project = shippingProject()
  const workspace = await goodRuns(project, 1)
  await expect(runFeeds({ input: shippingFeeds(20, 13), workspace, project })).rejects.toThrow('14 rows')
  expect(profileOf(workspace, project, 'company_rate').joins).toMatchObject([
    {
      joined: 'rates AS r',
      rows: { left: all(10), out: all(23), effect: 'multiplies' },
      rows_before: { left: all(10), out: all(10), effect: 'keeps' },
    },
  ])
})

test('joins of a run whose rows are not kept are told without their rows', async () => {
  const project = shippingProject({ models: ['charges'] })
  const workspace = await goodRuns(project, 2)
  const { connection } = openWorkspace(workspace)
  connection.exec('UPDATE assay_run SET is_undone = 1 WHERE run_id = 1')
  connection.close()
  expect(profileOf(workspace, project, 'charges', 1)).toMatchObject({
    joins: [{ joined: 'rates AS r', rows: null, rows_before: null }],
    joins_note: 'The rows of this run are not kept any more.',
  })
})

test('a plan that differs from that of the last good run is told step by step', async () => {
  const project = shippingProject({ models: ['charges'] })
  const workspace = await goodRuns(project, 2)
  const { connection } = openWorkspace(workspace)
  connection
    .prepare('UPDATE assay_run_profile SET plan = ? WHERE run_id = 1')
    .run(JSON.stringify([{ id: 3, parent: 0, detail: 'SEARCH orders USING INDEX orders_by_company (company=?)' }]))
  connection.close()
  const { plan_changes: changes } = profileOf(workspace, project, 'charges')
  expect(changes[0]).toBe('No more: SEARCH orders USING INDEX orders_by_company (company=?)')
  expect(changes.slice(1).every((change) => change.startsWith('New: '))).toBe(true)
})

test('rows are compared with the last good run too where that built the model in another scope', async () => {
  const project = shippingProject({ models: ['charges'] })
  const workspace = await goodRuns(project, 2)
  const { connection } = openWorkspace(workspace)
  connection.exec("UPDATE assay_run_profile SET scope = 'part' WHERE run_id = 2")
  connection.close()
  expect(profileOf(workspace, project, 'charges')).toMatchObject({
    scope: 'part',
    last_good: null,
    last_other: { run_id: 1, rows: 200 },
    inputs: [
      { name: 'orders', rows_before: 200, keys: { most_rows_before: 20 } },
      { name: 'rates', rows_before: 10 },
    ],
    joins: [{ rows_before: { out: all(200) } }],
    plan_changes: [],
  })
})
