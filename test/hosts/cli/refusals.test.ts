import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assayHere } from './assay-here.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-refusals-'))
const input = join(folder, 'feeds')
const workspace = join(folder, 'workspace')
const run = (...rest: readonly string[]) =>
  assayHere(['run', '--workspace', workspace, '--as-of', '2022-12-31', ...rest])
beforeAll(async () => {
  await assayHere(['sample', '--claims', '300', '--seed', '9', '--out', input])
  await run('--input', input)
})
afterAll(() => rmSync(folder, { recursive: true }))

test('what builds again makes no workspace', async () => {
  const missing = join(folder, 'new')
  const { code, stderr } = await assayHere(['run', '--select', 'mart', '--workspace', missing])
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining('Nothing was published in this workspace'),
  })
  expect(existsSync(missing)).toBe(false)
})

test('a selection beside --full-refresh is refused', async () => {
  const { code, stderr } = await assayHere(['run', '--full-refresh', '--select', 'mart', '--workspace', workspace])
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/'--full-refresh'.*'--select/) })
})

test.skipIf(process.platform !== 'linux')('a folder where none can be made is said so, at once', async () => {
  const commands = [
    ['run', '--input', input, '--workspace', '/proc/assay'],
    ['report', '--workspace', workspace, '--out', '/proc/assay/report.html'],
    ['export', '--workspace', workspace, '--out', '/proc/assay'],
  ]
  for (const command of commands) {
    const { code, stderr } = await assayHere(command)
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('/proc/assay cannot be used') })
  }
})

test('unit tests need no workspace', async () => {
  const { code, stdout } = await assayHere(['checks', 'test'])
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/\d passed, 0 failed\.\n$/) })
})

test('a run says which rows it knew and what it built', async () => {
  const again = await run('--input', input)
  expect(again.stdout).toMatch(/source +read +known +released/)
  expect(again.stdout).toMatch(/stg_claims .* left as it was$/m)
  const selected = await run('--select', 'mart_cost_spikes')
  expect(selected.stdout).toMatch(/mart_cost_spikes .* all of it$/m)
  const { models } = JSON.parse((await run('--select', 'mart_cost_spikes', '--json')).stdout) as {
    models: { name: string; built: string | null }[]
  }
  expect(models.filter(({ built }) => built !== null)).toEqual([
    expect.objectContaining({ name: 'mart_cost_spikes', built: 'whole' }),
  ])
})

test('what a replay does to a view is not denied', async () => {
  const listed = await assayHere(['quarantine', 'list', '--source', 'claims', '--workspace', workspace, '--json'])
  const { rows } = JSON.parse(listed.stdout) as { rows: { id: number }[] }
  const id = String(rows[0]?.id)
  const replayed = ['quarantine', 'discard', '--id', id, '--reason', 'x', '--replay', '--workspace', workspace]
  const { code, stdout } = await assayHere(replayed)
  expect(code).toBe(0)
  expect(stdout).toMatch(/Views have other numbers of rows: validation_errors -\d/)
  expect(stdout).not.toContain('No row of any model')
})
