import { describe, expect, test } from 'vitest'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { listLimits, setLimit } from '../../../src/main/features/incident/limits.ts'
import { benefits, exportPublished, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'

const header = 'claim_id,company_ein,service_date,amount,claim_type'
const claim = (id: string, company: number, day = '2022-01-01') =>
  `${id},${company}${company}-${String(company).repeat(7)},${day},10.00,Dental`
const feed = (...claims: readonly string[]) => `${[header, ...claims].join('\n')}\n`

/** Limits a source of a workspace, or lifts its limit. */
async function limit(workspace: string, maxRows: number | null, companies: readonly string[] = []) {
  const workbench = openWorkbench({ projectFolder: benefits, workspaceFolder: workspace, create: true })
  try {
    await setLimit(workbench, 'test', { source: 'claims', max_rows: maxRows, companies, reason: 'a bad night' })
    return listLimits(workbench).limits
  } finally {
    workbench.close()
  }
}

function limitsOf(workspace: string) {
  const workbench = openWorkbench({ projectFolder: benefits, workspaceFolder: workspace, create: false })
  try {
    return listLimits(workbench).limits
  } finally {
    workbench.close()
  }
}

describe('a limit holds rows of a source back, and lifted loses none', () => {
  test('of some companies', async () => {
    const input = folderOf({ 'claims_1.csv': feed(claim('A1', 1), claim('B1', 2), claim('A2', 1), claim('C1', 3)) })
    const workspace = temporaryFolder()
    await limit(workspace, null, ['111111111'])
    const run = await runFeeds({ input, workspace })
    expect(run.sources['claims']).toMatchObject({ rows_read: 4, inserted: 2, quarantined: 2 })
    expect(limitsOf(workspace)).toMatchObject([{ companies: ['11-1111111'], held_rows: 2, set_by: 'test' }])
    // Again, with a change of a held claim: still held.
    const again = folderOf({ 'claims_2.csv': feed(claim('A1', 1, '2022-02-02'), claim('D1', 4)) })
    expect((await runFeeds({ input: again, workspace })).sources['claims']).toMatchObject({
      inserted: 1,
      quarantined: 1,
    })
    expect(limitsOf(workspace)).toMatchObject([{ held_rows: 3 }])
    await limit(workspace, null)
    const lifted = await runFeeds({ input: folderOf({ 'claims_3.csv': feed(claim('E1', 5)) }), workspace })
    expect(lifted.sources['claims']).toMatchObject({ rows_read: 1, released: 3 })
    expect(limitsOf(workspace)).toEqual([])

    const unlimited = temporaryFolder()
    for (const files of [input, again, folderOf({ 'claims_3.csv': feed(claim('E1', 5)) })])
      await runFeeds({ input: files, workspace: unlimited })
    expect(exportPublished(workspace)).toEqual(exportPublished(unlimited))
  })

  test('behind the first ones of a delivery, until the limit is lifted', async () => {
    const claims = Array.from({ length: 10 }, (_, index) => claim(`A${index}`, (index % 3) + 1))
    const input = folderOf({ 'claims_1.csv': feed(...claims.slice(0, 6)), 'claims_2.csv': feed(...claims.slice(6)) })
    const workspace = temporaryFolder()
    await limit(workspace, 4, ['33-3333333'])
    const run = await runFeeds({ input, workspace })
    // A2 is of the held company, A4 and the rest came behind the fourth.
    expect(run.sources['claims']).toMatchObject({ rows_read: 10, inserted: 3, quarantined: 7 })
    // Letting the company in again takes in what it alone held.
    await limit(workspace, 4)
    const next = await runFeeds({ input: folderOf({ 'plans.csv': plans }), workspace })
    expect(next.sources['claims']).toMatchObject({ released: 1, inserted: 1 })
    expect(limitsOf(workspace)).toMatchObject([{ max_rows: 4, held_rows: 6 }])
    await limit(workspace, null)
    expect((await runFeeds({ input: folderOf({ 'plans.csv': plans }), workspace })).sources['claims']).toMatchObject({
      released: 6,
      inserted: 6,
    })
    const unlimited = temporaryFolder()
    await runFeeds({ input, workspace: unlimited })
    await runFeeds({ input: folderOf({ 'plans.csv': plans }), workspace: unlimited })
    expect(exportPublished(workspace)).toEqual(exportPublished(unlimited))
  })

  test('gates judge what was delivered, and the run says what the limit held', async () => {
    const workspace = temporaryFolder()
    await limit(workspace, 1, ['33-3333333'])
    const input = folderOf({
      'claims_1.csv': feed(claim('A1', 1, '2022-01-01'), claim('A2', 2, '2022-12-30'), claim('A3', 3, '2022-12-29')),
    })
    const run = await runFeeds({ input, workspace })
    expect(run.limits).toMatchObject([
      { source: 'claims', max_rows: 1, companies: ['33-3333333'], set_by: 'test', reason: 'a bad night', held_rows: 2 },
    ])
    const logged = 'claims: 2 rows were held by the limit of 1 row without 33-3333333 that test set: a bad night'
    expect(run.log.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([logged])
    const { connection } = openWorkspace(workspace)
    const freshness = connection.prepare("SELECT status, value FROM assay_gate WHERE gate = 'freshness'").all()
    const keys = connection.prepare('SELECT length(keys) / 8, length(contents) / 8 FROM assay_delivery').raw().all()
    connection.close()
    expect(freshness).toEqual([{ status: 'pass', value: 1 }])
    expect(keys).toEqual([[3, 3]])
  })

  test('what is staged of a held company stays', async () => {
    const input = folderOf({ 'claims_1.csv': feed(claim('A1', 1), claim('B1', 2)) })
    const workspace = temporaryFolder()
    await runFeeds({ input, workspace })
    const before = exportPublished(workspace)
    await limit(workspace, null, ['11-1111111'])
    const run = await runFeeds({ input: folderOf({ 'claims_2.csv': feed(claim('A1', 1, '2022-03-03')) }), workspace })
    expect(run.sources['claims']).toMatchObject({ inserted: 0, updated: 0, quarantined: 1 })
    expect(exportPublished(workspace)['clean_claims.csv']).toEqual(before['clean_claims.csv'])
  })

  test('a source that is not there is refused', async () => {
    const workspace = temporaryFolder()
    const workbench = openWorkbench({ projectFolder: benefits, workspaceFolder: workspace, create: true })
    const nothing = { source: 'nothing', max_rows: 1, companies: [], reason: '' }
    await expect(setLimit(workbench, 'test', nothing)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    workbench.close()
  })
})

const plans = 'plan_id,company_ein,plan_type,carrier_name,start_date,end_date\nP1,11-1111111,Dental,Aetna,2022-01-01,\n'
