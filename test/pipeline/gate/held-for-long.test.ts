import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { setLimit } from '../../../src/main/features/incident/limits.ts'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { oldestKeptRun } from '../../../src/main/pipeline/run/publish/published-runs.ts'
import { temporaryFolder } from '../../helpers/feeds.ts'
import {
  fromScratch,
  halfOf,
  isProven,
  salesOf,
  salesOn,
  seenIn,
  sell,
  sellDays,
  writeShops,
  type ShopsAt,
} from './shops.ts'

async function afterNineDays(settings = ''): Promise<ShopsAt> {
  const project = writeShops(join(temporaryFolder(), 'project'))
  appendFileSync(join(project, 'project.yml'), settings)
  const at = { project, workspace: temporaryFolder() }
  await sellDays(at, 9)
  return at
}

test('of a shop that is held for long old rows are kept, of the others they are not', async () => {
  const at = await afterNineDays('retention_runs: 2\n')
  const half = (day: number) => salesOn(day, { s2: halfOf(salesOf('s2', day)) })
  for (let day = 9; day < 14; day += 1) expect((await sell(at, day, half(day))).held).toEqual(['s2'])
  const textsWith = (broken: (day: number) => string) =>
    Array.from({ length: 14 }, (_, day) => (day < 9 ? salesOn(day) : broken(day)))
  expect(seenIn(at)).toEqual(
    await fromScratch(
      at,
      textsWith((day) => salesOn(day, { s2: [] })),
    ),
  )
  const workbench = openWorkbench({ projectFolder: at.project, workspaceFolder: at.workspace, create: false })
  try {
    const { connection } = workbench
    expect(oldestKeptRun(connection)).toBe(13)
    const oldest = (rows: string) => connection.prepare(`SELECT min(to_run) FROM ${rows}`).pluck().get()
    expect(oldest("shop_totals WHERE shop = 's2'")).toBe(10)
    expect(oldest("shop_totals WHERE shop <> 's2'")).toBe(14)
    expect(oldest('item_totals')).toBe(14)
  } finally {
    workbench.close()
  }
  const back = await sell(at, 14)
  expect([back.held, back.told]).toEqual([[], { s2: 'pass' }])
  expect(seenIn(at)).toEqual(await fromScratch(at, [...textsWith(half), salesOn(14)]))
})

test('rows that a limit holds back are no fault of their shop', async () => {
  const at = await afterNineDays('company: shop\n')
  const workbench = openWorkbench({ projectFolder: at.project, workspaceFolder: at.workspace, create: false })
  const limit = async (companies: readonly string[], rows: number | null) =>
    setLimit(workbench, 'test', { source: 'sales', max_rows: rows, companies, reason: 'to see' })
  try {
    await limit(['s2'], null)
    const without = await sell(at, 9)
    expect([without.run.status, without.held, without.companies?.status]).toEqual(['published', [], 'pass'])
    await limit([], 100)
    const first = await sell(at, 10)
    expect([first.run.status, first.held, first.companies?.status]).toEqual(['published', [], 'pass'])
    expect(await isProven(at)).toBe(true)
  } finally {
    workbench.close()
  }
})
