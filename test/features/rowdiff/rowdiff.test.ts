import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rowdiffMethods } from '../../../src/main/features/rowdiff/protocol.ts'
import { createEngineService, type EngineService } from '../../../src/main/hosts/engine/create-engine-service.ts'
import { forkNodeProcess } from '../../../src/main/hosts/engine/fork-node-process.ts'
import { createTransport } from '../../../src/main/protocol/create-transport.ts'
import type { Transport } from '../../../src/main/protocol/transport.ts'
import { benefits, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'

const workspace = mkdtempSync(join(tmpdir(), 'assay-rowdiff-'))
let engine: EngineService
let transport: Transport

const header = 'claim_id,company_ein,service_date,amount,claim_type,last_updated'
const feed = (...rows: readonly string[]) => [header, ...rows].join('\n')

beforeAll(async () => {
  const deliveries = [
    feed('C1,11-1111111,2022-01-01,5.00,Dental,', 'C2,11-1111111,2022-01-02,6.00,Dental,'),
    feed('C1,11-1111111,2022-01-01,7.50,Vision,2022-03-01', 'C3,22-2222222,2022-01-03,8.00,Life,'),
  ]
  for (const [index, content] of deliveries.entries()) {
    const input = join(workspace, `feed-${index}`)
    mkdirSync(input)
    writeFileSync(join(input, `claims_${index}.csv`), `${content}\n`)
    await runFeeds({ input, workspace })
  }
  engine = createEngineService({
    projectFolder: benefits,
    workspaceFolder: workspace,
    create: false,
    host: { kind: 'cli', has_folder_dialog: false },
    fork: forkNodeProcess,
    log: () => undefined,
  })
  transport = createTransport(engine.service)
})
afterAll(() => {
  engine.close()
  rmSync(workspace, { recursive: true })
})

async function started(model: string, runA = 1, runB = 2) {
  const { id } = await transport.call(rowdiffMethods.start, { model, run_a: runA, run_b: runB })
  return { id, ...(await transport.call(rowdiffMethods.summary, { id, wait: true })) }
}

describe('a comparison', () => {
  test('says how many rows are of each class, and which columns changed', async () => {
    const { state, share_done, summary, error } = await started('stg_claims')
    expect({ state, share_done, error }).toEqual({ state: 'done', share_done: 1, error: null })
    expect(summary).toMatchObject({
      before: { run_id: 1, rows: 2 },
      after: { run_id: 2, rows: 3 },
      added: 1,
      removed: 0,
      changed: 1,
      unchanged: 1,
      null_keys: { before: 0, after: 0 },
      duplicate_keys: { before: 0, after: 0 },
      keys: ['claim_id'],
      not_compared: [],
    })
    expect(summary?.by_column).toEqual(
      expect.arrayContaining([
        { column: 'amount', changed: 1 },
        { column: 'claim_type', changed: 1 },
      ]),
    )
  })

  test('lists old and new cells as a person reads them', async () => {
    const { id, summary } = await started('stg_claims')
    const { total, rows } = await transport.call(rowdiffMethods.rows, { id })
    expect([total, rows.map((row) => [row.class, row.key])]).toEqual([
      2,
      [
        ['changed', { claim_id: 'C1' }],
        ['added', { claim_id: 'C3' }],
      ],
    ])
    const [changed, added] = rows
    const amount = summary!.columns.findIndex((column) => column.name === 'amount')
    expect([changed?.before?.[amount], changed?.after?.[amount]]).toEqual(['5.00', '7.50'])
    expect(changed?.changed).toEqual(expect.arrayContaining(['amount', 'claim_type']))
    expect(changed?.changed).not.toContain('service_date')
    expect([added?.before, added?.after?.[amount]]).toEqual([null, '8.00'])
  })

  test('is filtered by class and by the column that changed', async () => {
    const { id } = await started('stg_claims')
    const keys = async (filter: object) => {
      const { total, rows } = await transport.call(rowdiffMethods.rows, { id, ...filter })
      return [total, ...rows.map((row) => row.key['claim_id'])]
    }
    expect(await keys({ class: 'added' })).toEqual([1, 'C3'])
    expect(await keys({ column: 'amount' })).toEqual([1, 'C1'])
    expect(await keys({ class: 'added', column: 'amount' })).toEqual([0])
    expect(await keys({ offset: 1 })).toEqual([2, 'C3'])
    expect(await keys({ offset: 2 })).toEqual([2])
    await expect(keys({ column: 'nothing' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      place: { table: 'stg_claims' },
    })
  })

  test('is found again when it is started again, and is the mirror image backwards', async () => {
    const first = await started('stg_claims')
    const again = await transport.call(rowdiffMethods.start, { model: 'stg_claims', run_a: 1, run_b: 2 })
    expect(again).toMatchObject({ id: first.id, is_done: true, summary: { added: 1 } })
    expect((await started('stg_claims', 2, 1)).summary).toMatchObject({
      added: 0,
      removed: 1,
      changed: 1,
      unchanged: 1,
    })
  })

  test('is of a view and of a source too', async () => {
    expect((await started('validation_errors')).state).toBe('done')
    expect((await started('claims')).summary).toMatchObject({ added: 1, changed: 1, unchanged: 1 })
  })

  test('is written to a file, a line for each cell', async () => {
    const { id } = await started('stg_claims')
    const path = join(temporaryFolder(), 'differences.csv')
    const written = await transport.call(rowdiffMethods.write, { id, class: 'changed', column: 'amount', path })
    expect(written.path).toBe(path)
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
    expect(lines[0]).toBe('class,claim_id,column,old,new')
    expect(lines).toContain('changed,C1,amount,5.00,7.50')
    expect(lines).toHaveLength(1 + written.rows)
    await expect(transport.call(rowdiffMethods.write, { id, path: `${path}.txt` })).rejects.toMatchObject({
      code: 'USAGE',
    })
  })

  test('that was cancelled, or is older than the last few, is there no more', async () => {
    const { id } = await started('fct_employee_roster')
    await transport.call(rowdiffMethods.cancel, { id })
    await expect(transport.call(rowdiffMethods.summary, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const oldest = await started('claims')
    for (const model of ['plans', 'employees', 'companies', 'stg_plans']) await started(model)
    await expect(transport.call(rowdiffMethods.rows, { id: oldest.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await started('claims')).state).toBe('done')
  })

  test('of a model or a run that is none is refused', async () => {
    const start = (model: string, runB: number) =>
      transport.call(rowdiffMethods.start, { model, run_a: 1, run_b: runB })
    await expect(start('nothing', 2)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(start('stg_claims', 9)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      hint: 'Those that can be compared: 2, 1.',
    })
  })
})
