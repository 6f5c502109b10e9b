import { expect, test } from 'vitest'
import { exportPublished, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'

const header = 'claim_id,company_ein,service_date,amount,claim_type,last_updated'
const feed = (...rows: string[]) => folderOf({ 'claims.csv': `${header}\n${rows.join('\n')}\n` })
const named = (name: string, ...rows: string[]) => folderOf({ [name]: `${header}\n${rows.join('\n')}\n` })

async function broken(...rows: string[]) {
  const workspace = temporaryFolder()
  await runFeeds({ input: feed(...rows), workspace })
  const quarantine = openQuarantine(workspace)
  return { workspace, quarantine }
}

const stagedOf = (workspace: string) => exportPublished(workspace)['stg_claims.csv'] ?? ''

test('a corrected row is staged by a replay, and an undo takes it back', async () => {
  const { workspace, quarantine } = await broken(
    'C1,11-1111111,2022-03-01,1O.00,Medical,',
    'C2,11-1111111,2022-03-02,5.00,Medical,',
  )
  const before = exportPublished(workspace)
  const [row] = await quarantine.rows()
  expect(row).toMatchObject({ state: 'open', company: '11-1111111', is_waiting: false })
  const id = row?.id ?? 0
  const corrected = await quarantine.correctRow(id, { amount: '10.00' })
  expect(corrected).toMatchObject({ rows: 1, become_valid: 1 })
  expect((await quarantine.rows())[0]).toMatchObject({ state: 'corrected', is_waiting: true })
  expect(exportPublished(workspace)).toEqual(before)

  const { run_id: run } = await quarantine.replayAll()
  expect(stagedOf(workspace)).toContain('C1,11-1111111,,,2022-03-01,10.00,Medical')
  expect((await quarantine.rows())[0]).toMatchObject({ state: 'released', is_waiting: false })
  const effect = await quarantine.effect({ run_id: run, limit: 10 })
  expect(
    effect.models.map(({ name, appeared, vanished, changed }) => [name, appeared, vanished, changed]),
  ).toContainEqual(['claims', 1, 0, 0])

  const undone = await quarantine.undo({})
  expect(undone.waiting_ids).toEqual([id])
  await quarantine.replayRows(undone.waiting_ids)
  expect(exportPublished(workspace)).toEqual(before)
  expect((await quarantine.rows())[0]).toMatchObject({ state: 'open', is_waiting: false })

  // The undo itself can be undone.
  await quarantine.undo({ operation_id: undone.operation_id })
  await quarantine.replayAll()
  expect(stagedOf(workspace)).toContain('C1,')
})

test('the same bad value is corrected again, a good one retires the correction, a third one is a conflict', async () => {
  const { workspace, quarantine } = await broken('C1,11-1111111,2022-03-01,1O.00,Medical,')
  const [row] = await quarantine.rows()
  await quarantine.correctRow(row?.id ?? 0, { amount: '10.00' })
  await quarantine.replayAll()
  const statusAfter = async (name: string, amount: string) => {
    await runFeeds({
      input: named(name, `C1,11-1111111,2022-03-01,${amount},Medical,2022-04-0${name.at(7)}`),
      workspace,
    })
    const { corrections, conflicts } = await quarantine.corrections({ offset: 0, limit: 10 })
    return { status: corrections.map(({ status }) => status), delivered: corrections[0]?.delivered_value, conflicts }
  }
  expect(await statusAfter('claims_1.csv', '1O.00')).toMatchObject({ status: ['applied'] })
  expect(stagedOf(workspace)).toContain('10.00')
  expect(await statusAfter('claims_2.csv', '12.00')).toMatchObject({ status: ['retired'], delivered: '12.00' })
  expect(stagedOf(workspace)).toContain('12.00')
  expect(await statusAfter('claims_3.csv', '1Z.00')).toEqual({ status: ['conflict'], delivered: '1Z.00', conflicts: 1 })

  const { corrections } = await quarantine.corrections({ offset: 0, limit: 10 })
  await quarantine.resolve({ id: corrections[0]?.id ?? 0, keep: 'correction' })
  expect(await quarantine.corrections({ offset: 0, limit: 10 })).toMatchObject({ conflicts: 0 })
  await quarantine.replayAll()
  expect((await quarantine.rows()).map(({ state }) => state)).not.toContain('open')
})

test('a staged row that is valid but wrong can be corrected', async () => {
  const { workspace, quarantine } = await broken(
    'C1,11-1111111,2022-03-01,100.00,Medical,',
    'C2,11-1111111,2022-03-01,x,Medical,',
  )
  const before = exportPublished(workspace)
  // The first record ever read has the number 1.
  await quarantine.correctRow(1, { amount: '10.00' })
  expect(await quarantine.waiting({})).toMatchObject({ rows: 1, operations: 1, changed_contracts: 0 })
  await quarantine.replayAll()
  expect(await quarantine.waiting({})).toMatchObject({ rows: 0, operations: 0, changed_contracts: 0 })
  expect(stagedOf(workspace)).toContain('C1,11-1111111,,,2022-03-01,10.00,Medical')
  await runFeeds({ input: named('claims_2.csv', 'C1,11-1111111,2022-03-01,100.00,Medical,2022-05-01'), workspace })
  expect(stagedOf(workspace)).toContain('C1,11-1111111,,,2022-03-01,10.00,Medical')
  await quarantine.undo({})
  await quarantine.replayAll()
  expect(stagedOf(workspace)).toContain('C1,11-1111111,,,2022-03-01,100.00,Medical')
  expect(Object.keys(before)).toEqual(Object.keys(exportPublished(workspace)))
})

test('a record that cannot be parsed is written anew', async () => {
  const { workspace, quarantine } = await broken(
    'C1,11-1111111,2022-03-01,10.00,"Medical,',
    'C2,11-1111111,2022-03-01,7.00,Dental,',
  )
  const [row] = await quarantine.rows()
  expect(row?.reasons.map(({ rule }) => rule)).toEqual(['unparsable'])
  const id = row?.id ?? 0
  const shown = await quarantine.show({ id })
  expect(shown.suggestions[0]).toMatchObject({ field: 'row', kind: 'quote' })
  expect(await quarantine.check({ id, cells: { row: 'C1,11-1111111,2022-03-01,10.00,Medical,' } })).toMatchObject({
    is_valid: true,
  })
  await quarantine.correctRow(id, { row: 'C1,11-1111111,2022-03-01,10.00,Medical,' })
  await quarantine.replayAll()
  expect(stagedOf(workspace)).toContain('C1,11-1111111,,,2022-03-01,10.00,Medical')
})

test('waived rows are staged as they are until the waiver ends, discarded ones are left out', async () => {
  const { workspace, quarantine } = await broken(
    'C1,11-1111111,2022-03-01,-5.00,Medical,',
    'C2,11-1111111,2022-03-01,x,Medical,',
  )
  const [negative, untyped] = await quarantine.rows()
  const ids = [negative?.id ?? 0, untyped?.id ?? 0]
  const waived = await quarantine.waive({ target: { ids }, owner: 'Kim', reason: 'a refund', expires_on: '2023-02-01' })
  expect(waived).toMatchObject({ rows: 1, left_alone: [{ rows: 1 }] })
  await quarantine.discard({ target: { ids: [ids[1] ?? 0] }, reason: 'a test row' })
  const { run_id: run } = await quarantine.replayAll()
  expect(run).toBe(2)
  const tables = exportPublished(workspace)
  expect(tables['stg_claims.csv']).toContain('C1,11-1111111,,,2022-03-01,-5.00,Medical')
  expect(tables['validation_errors.csv']).not.toContain('invalid_amount')
  expect((await quarantine.rows()).map(({ state }) => state)).toEqual(['waived', 'discarded'])

  await runFeeds({
    input: named('claims_2.csv', 'C9,11-1111111,2022-03-01,1.00,Medical,'),
    workspace,
    asOf: '2023-02-01',
  })
  expect((await quarantine.rows()).map(({ state }) => state)).toEqual(['open', 'discarded'])
  expect(stagedOf(workspace)).not.toContain('C1,')
})

test('a preview shows the effect and publishes nothing', async () => {
  const { workspace, quarantine } = await broken('C1,11-1111111,2022-03-01,1O.00,Medical,')
  const before = exportPublished(workspace)
  const edit = { kind: 'suggestions', min_confidence: 0.5 } as const
  const preview = await quarantine.preview({ target: { filter: {} }, edit })
  expect(preview).toMatchObject({ rows: 1, changed: 1, become_valid: 1, still_wrong: 0 })
  await quarantine.correctAll(edit)
  const { run_id: run } = await quarantine.replay({ preview: true })
  const effect = await quarantine.effect({ run_id: run, limit: 5 })
  expect(effect.models.find(({ name }) => name === 'claims')).toMatchObject({ appeared: 1 })
  expect(exportPublished(workspace)).toEqual(before)
  expect(await quarantine.waiting({})).toMatchObject({ rows: 1, operations: 1 })
})

test('a waived plan that ends before it starts is staged and covers nothing', async () => {
  const workspace = temporaryFolder()
  const plans =
    'plan_id,company_ein,plan_type,carrier_name,start_date,end_date\nL1,11-1111111,Dental,Aetna,2022-03-01,2022-02-01\nL2,11-1111111,Dental,Aetna,2022-01-01,2022-01-31\n'
  await runFeeds({ input: folderOf({ 'plans.csv': plans }), workspace })
  const quarantine = openQuarantine(workspace)
  await quarantine.waive({ target: { filter: {} }, owner: 'Kim', reason: 'as agreed', expires_on: null })
  await quarantine.replayAll()
  const tables = exportPublished(workspace)
  expect(tables['stg_plans.csv']).toContain('L1,11-1111111,Dental,Aetna,2022-03-01,2022-02-01')
  expect(tables['mart_plan_coverage_gaps.csv']?.trim().split('\n').slice(1)).toEqual([
    expect.stringContaining('Dental,covered,2022-01-01,2022-01-31,31,Aetna'),
  ])
})
