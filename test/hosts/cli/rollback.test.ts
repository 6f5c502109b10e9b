import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunSummary } from '../../../src/main/features/runs/protocol.ts'
import { lockWorkspace } from '../../../src/main/store/workspace-lock.ts'
import { assayHere } from './assay-here.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-rollback-'))
const workspace = join(folder, 'workspace')
const at = ['--workspace', workspace]

beforeAll(async () => {
  for (const claim of ['C1', 'C2']) {
    writeFileSync(
      join(folder, `claims_${claim}.csv`),
      `claim_id,company_ein,service_date,amount,claim_type\n${claim},11-1111111,2022-01-01,5.00,Dental\n`,
    )
    await assayHere(['run', '--input', folder, ...at, '--as-of', '2022-12-31'])
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

const list = async () => JSON.parse((await assayHere(['runs', 'list', ...at, '--json'])).stdout) as RunSummary[]

test('a rollback is said, recorded and listed', async () => {
  const { code, stdout } = await assayHere(['rollback', '1', ...at, '--reason', 'claims came twice'])
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: 'Readers and exports see run 1 now; before they saw run 2.\n',
  })
  expect(await list()).toMatchObject([
    { run_id: 2, is_rolled_back: true, can_roll_back: true },
    {
      run_id: 1,
      is_current: true,
      publications: [{ kind: 'publish' }, { kind: 'rollback', reason: 'claims came twice', previous_run: 2 }],
    },
  ])
  const text = (await assayHere(['runs', 'list', ...at])).stdout
  expect(text).toMatch(/^ +2 +published, rolled back /m)
  expect(text).toMatch(/^ +1 +published, current /m)
  expect(text).toMatch(/rollback +1 +2 +claims came twice$/m)
})

test('to the run that readers see it changes nothing; with --json it is one document', async () => {
  const { code, stdout } = await assayHere(['rollback', '1', ...at, '--json'])
  expect([code, JSON.parse(stdout)]).toEqual([0, { run_id: 1, previous_run: 1 }])
})

test('to a run that is none it is refused with those that there are', async () => {
  expect(await assayHere(['rollback', '7', ...at])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('There are: 2.'),
  })
})

test('beside a run that is going on it is refused', async () => {
  const lock = lockWorkspace(workspace, 'a test')
  try {
    expect(await assayHere(['rollback', '2', ...at])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('in use'),
    })
    expect((await assayHere(['runs', 'release', '2', '--reason', 'x', ...at])).code).toBe(3)
  } finally {
    lock.release()
  }
})

test('only a run that a check blocked is released or discarded', async () => {
  expect(await assayHere(['runs', 'release', '2', '--reason', 'x', ...at])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no candidate'),
  })
  expect((await assayHere(['runs', 'discard', '2', ...at])).code).toBe(2)
})
