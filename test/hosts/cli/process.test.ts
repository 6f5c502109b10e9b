import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assayHere } from './assay-here.ts'
import { assay } from './assay.ts'

// Most tests run their commands within the test. These show that the program itself does the same, with a process for each run.
describe('the real program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-process-'))
  const input = join(folder, 'feeds')
  const at = ['--workspace', join(folder, 'workspace')]
  beforeAll(() => assayHere(['sample', '--claims', '300', '--seed', '3', '--out', input]))
  afterAll(() => rmSync(folder, { recursive: true }))

  test('runs, and keeps stderr to itself', async () => {
    const { code, stdout, stderr } = await assay(['run', '--input', input, ...at, '--as-of', '2022-12-31', '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({
      run_id: 1,
      status: 'published',
      sources: { claims: { rows_read: 300 } },
    })
  })

  test('changes rows of the quarantine and replays them', async () => {
    const discard = ['quarantine', 'discard', '--source', 'claims', '--reason', 'no data in them', '--replay']
    const { code, stdout, stderr } = await assay([...discard, ...at, '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ operation_id: 1, run: { run_id: 2, status: 'published' } })
  })

  test.each([
    ['export', 0, ['plan_gaps', '--out', join(folder, 'out')]],
    ['compare', 0, ['1', '2', '--model', 'validation_errors', '--rows']],
    ['rollback', 2, ['7', '--json']],
  ])('ends %s with %d and says what it says within a test', async (command, code, args) => {
    const ended = await assay([command, ...args, ...at])
    expect(ended.code).toBe(code)
    expect(ended).toEqual(await assayHere([command, ...args, ...at]))
  })
})
