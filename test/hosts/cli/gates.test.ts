import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Gate } from '../../../src/main/features/gates/protocol.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { copyOf, dayOf, deliver, people, writeProject } from '../../pipeline/gate/people.ts'
import {
  halfOf,
  salesOf,
  salesOn,
  salesRequest,
  sell,
  sellDays,
  take,
  writeShops,
  type Shop,
} from '../../pipeline/gate/shops.ts'
import { folderOf } from '../../helpers/feeds.ts'
import { start } from './assay.ts'
import { assayHere } from './assay-here.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-gates-cli-'))
const project = writeProject(join(folder, 'project'))
const nineDays = join(folder, 'nine-days')

beforeAll(async () => {
  for (let day = 0; day < 9; day += 1) await deliver({ project, workspace: nineDays }, day, people({ day }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Document {
  readonly run_id: number
  readonly status: string
  readonly gates?: readonly Gate[]
  readonly error?: { readonly message: string; readonly hint: string }
}

const runArguments = (workspace: string, input: string) =>
  ['run', '--project', project, '--workspace', workspace, '--input', input, '--as-of', dayOf(9), '--json'] as const

test('a held delivery ends with 1, is shown, and passes once a person lets it through', async () => {
  const workspace = copyOf(nineDays)
  const input = folderOf({ 'people_9.csv': people({ day: 9, count: 250 }) })
  const held = await assayHere([...runArguments(workspace, input)])
  const document = JSON.parse(held.stdout) as Document
  expect([held.code, document.status]).toEqual([1, 'blocked'])
  expect(document.error?.message).toContain('250 rows were delivered')
  expect(document.gates?.map(({ gate, status }) => [gate, status])).toContainEqual(['volume', 'held'])

  const at = ['--project', project, '--workspace', workspace]
  const shown = await assayHere(['gates', 'show', String(document.run_id), ...at])
  expect(shown.stdout).toContain('250 rows were delivered')
  expect((await assayHere(['gates', 'list', ...at, '--json'])).stdout).toContain('"held"')
  expect((await assayHere(['gates', 'allow', '1', ...at, '--reason', 'no'])).code).toBe(2)
  const allowed = await assayHere(['gates', 'allow', String(document.run_id), ...at, '--reason', 'half the staff left'])
  expect([allowed.code, allowed.stdout]).toEqual([0, expect.stringContaining('people (volume)')])
  const incident = await assayHere(['incident', ...at])
  expect(incident.stdout).toMatch(/let people of run 10 through \(keys, volume\) +half the staff left/)
  expect(incident.stdout).not.toContain('gates allow')

  const passed = await assayHere([...runArguments(workspace, input)])
  expect([passed.code, (JSON.parse(passed.stdout) as Document).status]).toEqual([0, 'published'])
  expect((await assayHere(['gates', 'list', ...at])).stdout).toContain('half the staff left')
})

test('a company that is held is listed, and let through by its name', async () => {
  const at = { project: writeShops(join(folder, 'shops')), workspace: join(folder, 'shops-workspace') }
  await sellDays(at, 8)
  const half = (shop: Shop) => ({ [shop]: halfOf(salesOf(shop, 8)) })
  const { runId } = await sell(at, 8, salesOn(8, { ...half('s1'), ...half('s2') }))
  const where = ['--project', at.project, '--workspace', at.workspace]
  expect((await assayHere(['runs', 'list', ...where])).stdout).toMatch(/published, in part, current/)
  expect((await assayHere(['runs', 'show', String(runId), ...where])).stdout).toMatch(/^Run 9 published in part: /)
  const shown = await assayHere(['gates', 'show', String(runId), ...where])
  expect(shown.stdout).toMatch(/volume +s2 +held +sales of s2: \d+ sound rows were delivered/)
  expect(shown.stdout).toMatch(/companies +warn +.*4 of 6 companies/)
  expect((await assayHere(['incident', ...where])).stdout).toContain(
    ` gates allow ${runId} --company s2 --reason TEXT --workspace `,
  )
  const why = ['--reason', 'half of it was sold']
  expect((await assayHere(['gates', 'allow', String(runId), ...where, '--company', 's5', ...why])).code).toBe(2)
  const allowed = await assayHere(['gates', 'allow', String(runId), ...where, '--company', 's2', ...why])
  expect([allowed.code, allowed.stdout]).toEqual([0, expect.stringContaining('sales of s2 (volume). The next run')])
  const next = await take(at, salesRequest(at, 8, null))
  expect([next.held, next.told]).toEqual([['s1'], { s1: 'held', s2: 'allowed' }])
})

test('--allow-held lets through at once, with a reason only', async () => {
  const workspace = copyOf(nineDays)
  const input = folderOf({ 'people_9.csv': people({ day: 9, count: 250 }) })
  expect((await assayHere([...runArguments(workspace, input), '--allow-held'])).code).toBe(2)
  const passed = await assayHere([...runArguments(workspace, input), '--allow-held', '--reason', 'known'])
  const document = JSON.parse(passed.stdout) as Document
  expect([passed.code, document.status]).toEqual([0, 'published'])
  expect(document.gates?.find(({ gate }) => gate === 'volume')).toMatchObject({ status: 'allowed', value: 250 })
})

test('kill -9 leaves no half of a history', async () => {
  const workspace = copyOf(nineDays)
  const input = mkdtempSync(join(folder, 'input-'))
  writeFileSync(join(input, 'people_9.csv'), people({ day: 9 }))
  for (const wait of [250, 400, 550, 700, 900]) {
    const { child, ended } = start([...runArguments(workspace, input)])
    await sleep(wait)
    child.kill('SIGKILL')
    await ended
    if (isPublished(workspace)) break
  }
  const document = JSON.parse((await assayHere([...runArguments(workspace, input)])).stdout) as Document
  expect(document.status).toBe('published')
  const next = await deliver({ project, workspace }, 10, people({ day: 10 }))
  const learnedFrom = next.gates.find(({ gate }) => gate === 'volume')?.learned_from ?? []
  // The nine days and the tenth, whichever run brought it.
  expect(learnedFrom).toHaveLength(10)
  expect(learnedFrom.slice(0, 9)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(next.statuses).toMatchObject({ volume: 'pass', keys: 'pass', schema: 'pass' })
})

function isPublished(workspace: string): boolean {
  const { connection } = openWorkspace(workspace)
  try {
    return Number(connection.prepare('SELECT run_id FROM assay_published').pluck().get()) > 9
  } finally {
    connection.close()
  }
}
