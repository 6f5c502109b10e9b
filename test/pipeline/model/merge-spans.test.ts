import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addDaysToSlice, addToSlice, countSlice, openSlice } from '../../../src/main/pipeline/model/slice.ts'
import { loadProject } from '../../../src/main/pipeline/project/load-project.ts'
import { createWorkspaceIfMissing, openWorkspace, type Workspace } from '../../../src/main/store/open-workspace.ts'
import { benefits } from '../../helpers/feeds.ts'

const project = loadProject(benefits)
const reach = { column: 'service_date', looksBack: 179 }
const model = project.models.get('fct_claims_rolling_90d')
let workspace: Workspace
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-spans-'))
  createWorkspaceIfMissing(folder)
  workspace = openWorkspace(folder)
})
afterAll(() => {
  workspace.connection.close()
  rmSync(folder, { recursive: true, force: true })
})

function opened() {
  if (model === undefined) throw new Error('no such model')
  return openSlice(workspace.connection, project, model)
}
const spansIn = (table: string) =>
  workspace.connection.prepare(`SELECT * FROM temp."${table}" ORDER BY 1, 2`).raw().all() as [string, number, number][]
const rows = (values: readonly (readonly [string, number | null])[]) =>
  values
    .map(([company, day]) => `SELECT '${company}' AS company_ein, ${day ?? 'NULL'} AS service_date`)
    .join(' UNION ALL ')

test('days that reach into each other, but for a week, become one span, of rows and of what these read', () => {
  const slice = opened()
  addDaysToSlice(
    workspace.connection,
    slice,
    rows([
      ['a', 1000],
      ['a', 1187],
      ['b', 1000],
      ['b', 1188],
      ['c', 7],
    ]),
    reach,
  )
  expect(spansIn(slice.table)).toEqual([
    ['a', 1000, 1366],
    ['b', 1000, 1179],
    ['b', 1188, 1367],
    ['c', 7, 186],
  ])
  expect(spansIn(`${slice.table}_from_claims`)).toEqual([
    ['a', 821, 1366],
    ['b', 821, 1367],
    ['c', -172, 186],
  ])
  expect(countSlice(workspace.connection, slice)).toBe(3)
})

test('a value without a day, or with all days, has all days; one that is null is known', () => {
  const slice = opened()
  addDaysToSlice(
    workspace.connection,
    slice,
    rows([
      ['a', 1000],
      ['a', null],
      ['b', 1000],
    ]),
    reach,
  )
  addToSlice(workspace.connection, slice, "SELECT 'b' AS company_ein")
  for (const [, first, last] of spansIn(slice.table)) {
    expect(first).toBeLessThan(-1e12)
    expect(last).toBeGreaterThan(1e12)
  }
  expect(countSlice(workspace.connection, slice)).toBe(2)
  addDaysToSlice(workspace.connection, slice, 'SELECT NULL AS company_ein, 1 AS service_date', reach)
  expect(countSlice(workspace.connection, slice)).toBe(null)
})

test('spans hold the days of all that was added, and of gaps of up to a week, and no others, and do not overlap', () => {
  const day = fc.integer({ min: 0, max: 60 })
  fc.assert(
    fc.property(
      fc.array(fc.array(day, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
      (additions) => {
        const slice = opened()
        const short = { column: 'service_date', looksBack: 3 }
        for (const days of additions)
          addDaysToSlice(workspace.connection, slice, rows(days.map((one) => ['a', one] as const)), short)
        const held = spansIn(slice.table).flatMap(([, first, last]) =>
          Array.from({ length: last - first + 1 }, (_, index) => first + index),
        )
        const wanted = new Set(additions.flat().flatMap((one) => [one, one + 1, one + 2, one + 3]))
        const isNear = (gap: number) => {
          const before = Math.max(...[...wanted].filter((one) => one < gap))
          return [...wanted].some((one) => one > gap && one <= before + 8) && Number.isFinite(before)
        }
        const all = Array.from({ length: 70 }, (_, one) => one).filter((one) => wanted.has(one) || isNear(one))
        expect(held).toEqual(all)
      },
    ),
  )
})
