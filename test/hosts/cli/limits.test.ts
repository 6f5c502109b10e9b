import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assayHere } from './assay-here.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-limits-'))
const input = join(folder, 'feeds')
const workspace = join(folder, 'workspace')
const run = ['run', '--input', input, '--workspace', workspace, '--as-of', '2022-12-31', '--json']
const limits = (...args: string[]) => assayHere(['limits', ...args, '--workspace', workspace])

beforeAll(async () => {
  await assayHere(['sample', '--claims', '600', '--seed', '3', '--out', input])
  await assayHere(run)
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a limit is set, listed, and lifted', async () => {
  expect((await limits('list')).stdout).toContain('No source is limited.')
  const set = await limits(
    'set',
    'claims',
    '--max-rows',
    '100',
    '--without-company',
    '111111111',
    '--reason',
    'bad night',
  )
  expect(set).toMatchObject({ code: 0, stderr: '' })
  const { stdout } = await limits('list', '--json')
  expect(JSON.parse(stdout)).toMatchObject({
    limits: [{ source: 'claims', max_rows: 100, companies: ['11-1111111'], reason: 'bad night', held_rows: 0 }],
  })
  expect((await limits('list')).stdout).toMatch(/claims +100 +11-1111111/)
  await assayHere(['sample', '--claims', '300', '--seed', '9', '--out', input])
  const limited = JSON.parse((await assayHere(run)).stdout) as {
    sources: { claims: { rows_read: number; quarantined: number } }
  }
  expect(limited.sources.claims.quarantined).toBeGreaterThanOrEqual(200)
  expect((await limits('clear', 'claims')).code).toBe(0)
  const lifted = JSON.parse((await assayHere(run)).stdout) as { sources: { claims: { released: number } } }
  expect(lifted.sources.claims.released).toBeGreaterThan(100)
  expect((await limits('list')).stdout).toContain('No source is limited.')
})

test('a limit of nothing and one of an unknown source are refused', async () => {
  const nothing = await limits('set', 'claims')
  expect(nothing).toMatchObject({ code: 2 })
  expect(nothing.stderr).toContain('--max-rows')
  expect((await limits('set', 'nothing', '--max-rows', '1')).stderr).toContain('claims')
  const malformed = await limits('set', 'claims', '--without-company', 'no such')
  expect(malformed).toMatchObject({ code: 2 })
  expect(malformed.stderr).toContain('no such is not a company')
})

test('a limit of a company that nothing is known of is set and remarked on, and building it again is refused', async () => {
  const set = await limits('set', 'plans', '--without-company', '99-9999999', '--max-rows', '0')
  expect(set).toMatchObject({ code: 0 })
  expect(set.stderr).toContain('No staged row is of 99-9999999 yet.')
  expect(set.stderr).toContain('Nothing of plans is taken in until the limit is lifted.')
  expect((await limits('clear', 'plans')).code).toBe(0)
  const again = await assayHere(['run', '--workspace', workspace, '--company', '99-9999999'])
  expect(again).toMatchObject({ code: 2 })
  expect(again.stderr).toContain('No staged row is of 99-9999999, so there is nothing to build again.')
  const missing = await assayHere(['run', '--workspace', workspace, '--input', join(folder, 'nowhere')])
  expect(missing.stderr).toContain(`There is no folder ${join(folder, 'nowhere')}.`)
  expect(missing.stderr).not.toContain('ENOENT')
})
