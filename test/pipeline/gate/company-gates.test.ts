import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { rollBack } from '../../../src/main/pipeline/run/publish/roll-back.ts'
import { releaseCandidate } from '../../../src/main/pipeline/run/publish/settle-candidate.ts'
import { crash } from '../../helpers/broken-off.ts'
import { temporaryFolder } from '../../helpers/feeds.ts'
import { copyOf } from './people.ts'
import {
  fromScratch,
  halfOf,
  isProven,
  letThrough,
  plainProject,
  salesOf,
  salesOn,
  salesRequest,
  seenIn,
  sell,
  sellDays,
  shops,
  take,
  writeShops,
  type ShopsAt,
} from './shops.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-company-gates-'))
const project = writeShops(join(folder, 'project'))
const nineDays = join(folder, 'nine-days')
const days = (count: number) => Array.from({ length: count }, (_, day) => salesOn(day))

beforeAll(() => sellDays({ project, workspace: nineDays }, 9))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const afterNineDays = (): ShopsAt => ({ project, workspace: copyOf(nineDays) })
const half = salesOn(9, { s2: halfOf(salesOf('s2', 9)) })

test('a half-empty feed of one shop holds that shop alone, until a good one comes', async () => {
  const at = afterNineDays()
  const run = await sell(at, 9, half)
  expect([run.run.status, run.held, run.told]).toEqual(['published', ['s2'], { s2: 'held' }])
  expect(run.companies).toMatchObject({ status: 'warn', value: 1 })
  expect(run.gates.find(({ company }) => company === 's2')?.message).toMatch(
    /^sales of s2: 21 sound rows were delivered, \d\d % fewer than expected; 2\d to \d\d are usual, as 9 accepted runs \(1 to 9\) show\. Its feed was most likely cut short\. Mend its feed/,
  )
  expect(seenIn(at)).toEqual(await fromScratch(at, [...days(9), salesOn(9, { s2: [] })]))
  expect(await isProven(at)).toBe(true)

  // Nothing new of it came: it stays held, also in a full refresh.
  const again = await sell(at, 9, half)
  expect([again.run.status, again.held, again.told]).toEqual(['published', ['s2'], { s2: 'held' }])
  const refreshed = await take(at, salesRequest(at, 9, {}, { inputFolder: '', fullRefresh: true }))
  expect([refreshed.run.status, refreshed.held]).toEqual(['published', ['s2']])
  expect(seenIn(at)).toEqual(await fromScratch(at, [...days(9), salesOn(9, { s2: [] })]))

  // What was missing comes with the rows of the next day.
  const mended = await sell(at, 10, salesOn(10, { s2: [...salesOf('s2', 9), ...salesOf('s2', 10)] }))
  expect([mended.run.status, mended.held, mended.told]).toEqual(['published', [], { s2: 'pass' }])
  expect(seenIn(at)).toEqual(await fromScratch(at, [...days(9), half, salesOn(10), salesOn(9)]))
  expect(await isProven(at)).toBe(true)
  expect((await sell(at, 11)).gates.filter(({ company }) => company !== null)).toEqual([])
})

test('a shop that does not come any more is held, and shown as it was delivered once a person lets it through', async () => {
  const at = afterNineDays()
  const text = salesOn(9, { s4: [], s1: [...salesOf('s1', 9), ...salesOf('s1', 30)] })
  const run = await sell(at, 9, text)
  expect([run.run.status, run.held]).toEqual(['published', ['s1', 's4']])
  const told = run.gates.map(({ message }) => message).join('\n')
  expect(told).toContain('sales of s4: 0 sound rows were delivered, 100 % fewer than expected')
  expect(told).toContain('Its feed is missing.')
  expect(told).toMatch(/sales of s1: .* more than expected.*came twice, or has rows of another company/)

  await letThrough(at, run.runId, false, ['s1'])
  await expect(letThrough(at, run.runId, false, ['s0'])).rejects.toThrow('No gate held s0 in run 10.')
  const next = await take(at, salesRequest(at, 9, null))
  expect([next.run.status, next.held, next.told]).toEqual(['published', ['s4'], { s1: 'allowed', s4: 'held' }])
  expect(seenIn(at)).toEqual(await fromScratch(at, [...days(9), text]))
  // By the run that held it on, too.
  await letThrough(at, next.runId)
  const last = await sell(at, 9, text)
  expect([last.held, last.told]).toEqual([[], { s4: 'allowed' }])
  expect(await isProven(at)).toBe(true)
})

test('a shop that was let through teaches nothing, unless it is what to expect', async () => {
  const at = afterNineDays()
  const few = (day: number) => salesOn(day, { s2: halfOf(salesOf('s2', day)) })
  await letThrough(at, (await sell(at, 9, half)).runId)
  expect((await sell(at, 10, few(10))).told).toEqual({ s2: 'held' })
  await letThrough(at, (await sell(at, 11, few(11))).runId, true)
  const usual = await sell(at, 12, few(12))
  expect([usual.held, usual.told]).toEqual([[], { s2: 'pass' }])
  const all = [...days(9), half, few(10), few(11), few(12)]
  expect(seenIn(at)).toEqual(await fromScratch(at, all))
  expect((await sell(at, 13)).told).toEqual({ s2: 'held' })
})

test('a shop whose rows are in the quarantine is held for that', async () => {
  const at = afterNineDays()
  const broken = salesOf('s3', 9).map((row, index) => (index < 30 ? row.replace(/,\d+,2022/, ',many,2022') : row))
  const run = await sell(at, 9, salesOn(9, { s3: broken }))
  expect([run.run.status, run.held]).toEqual(['published', ['s3']])
  expect(run.gates.find(({ company }) => company === 's3')?.message).toContain(
    '30 of its rows are in the quarantine: most likely its feed is broken.',
  )
})

test('where half of the shops are not as usual all of the delivery is held', async () => {
  const at = afterNineDays()
  // As many rows as usual, of other shops.
  const swapped = salesOn(9, {
    s0: [],
    s1: [],
    s2: [],
    s3: [...salesOf('s3', 9), ...salesOf('s3', 30)],
    s4: [...salesOf('s4', 9), ...salesOf('s4', 30)],
    s5: [...salesOf('s5', 9), ...salesOf('s5', 30)],
  })
  const run = await sell(at, 9, swapped)
  expect([run.run.status, run.held]).toEqual(['blocked', []])
  expect(run.run.error?.message).toMatch(/So many are not one company's feed: all of the delivery is held/)
  expect(seenIn(at)).toEqual(await fromScratch(at, days(9)))
  await letThrough(at, run.runId)
  const next = await sell(at, 9, swapped)
  expect([next.run.status, next.held, next.companies?.status]).toEqual(['published', [], 'allowed'])
  expect(seenIn(at)).toEqual(await fromScratch(at, [...days(9), swapped]))
})

test('gates of shops are quiet before eight deliveries, and a person may tell a run beforehand', async () => {
  const at = { project, workspace: temporaryFolder() }
  await sellDays(at, 7)
  const seventh = await sell(at, 7, salesOn(7, { s2: halfOf(salesOf('s2', 7)) }))
  expect([seventh.held, seventh.companies?.status]).toEqual([[], 'quiet'])
  const told = await sell(afterNineDays(), 9, half, { allowHeld: { reason: 'known', isExpected: false } })
  expect([told.run.status, told.held, told.told]).toEqual(['published', [], { s2: 'allowed' }])
})

test('a rollback goes behind the hold, and the delivery is judged anew', async () => {
  const at = afterNineDays()
  await sell(at, 9, half)
  const seen = seenIn(at)
  await sell(at, 10)
  const back = async (runId: number) => {
    const workbench = openWorkbench({ projectFolder: project, workspaceFolder: at.workspace, create: false })
    try {
      await rollBack(workbench, runId, { who: 'test', reason: 'to see' })
    } finally {
      workbench.close()
    }
  }
  await back(10)
  expect(seenIn(at)).toEqual(seen)
  await back(9)
  expect(seenIn(at)).toEqual(await fromScratch(at, days(9)))
  const next = await sell(at, 9)
  expect([next.held, next.told]).toEqual([[], {}])
  expect(seenIn(at)).toEqual(await fromScratch(at, days(10)))
  expect(await isProven(at)).toBe(true)
})

test('a run that is resumed holds the shop, or shows it where it was let through meanwhile', async () => {
  for (const stage of ['modelling', 'checking', 'publishing'] as const) {
    const at = afterNineDays()
    const request = salesRequest(at, 9, { 'sales_9.csv': half })
    await crash(request, stage)
    const resumed = await take(at, { ...request, resume: 10 })
    expect([resumed.runId, resumed.run.status, resumed.held], stage).toEqual([10, 'published', ['s2']])
    expect(seenIn(at)).toEqual(await fromScratch(at, [...days(9), salesOn(9, { s2: [] })]))
  }
  const at = afterNineDays()
  const request = salesRequest(at, 9, { 'sales_9.csv': half })
  await crash(request, 'publishing')
  await letThrough(at, 10)
  const resumed = await take(at, { ...request, resume: 10 })
  expect([resumed.runId, resumed.held, resumed.told]).toEqual([10, [], { s2: 'allowed' }])
  expect(seenIn(at)).toEqual(await fromScratch(at, [...days(9), half]))
})

test('a check of the whole run does not see the rows of a held shop, also where the run is released although it failed', async () => {
  const at = afterNineDays()
  const mud = (rows: readonly string[]) =>
    rows.map((row, index) => (index === 0 ? row.replace(/pen|ink|pad/, 'mud') : row))
  const broken = mud(halfOf(salesOf('s2', 9)))
  const run = await sell(at, 9, salesOn(9, { s2: broken }))
  expect([run.run.status, run.held]).toEqual(['published', ['s2']])
  const name = 'sold.item.accepted_values'
  expect(run.run.checks.find((check) => check.name === name)).toMatchObject({ status: 'pass', failures: 0 })

  const blocked = await sell(at, 10, salesOn(10, { s2: [], s3: mud(salesOf('s3', 10)) }))
  expect([blocked.run.status, blocked.held]).toEqual(['blocked', ['s2']])
  expect(blocked.run.checks.find((check) => check.name === name)).toMatchObject({ status: 'fail', failures: 1 })
  const workbench = openWorkbench({ projectFolder: project, workspaceFolder: at.workspace, create: false })
  try {
    await releaseCandidate(workbench, blocked.runId, { who: 'test', reason: 'it is so' })
  } finally {
    workbench.close()
  }
  const others = [...days(9), salesOn(9, { s2: [] }), salesOn(10, { s2: [], s3: mud(salesOf('s3', 10)) })]
  expect(seenIn(at)).toEqual(await fromScratch({ project: plainProject }, others))
  await letThrough(at, blocked.runId)
  const next = await take(at, salesRequest(at, 10, null))
  expect([next.run.status, next.held]).toEqual(['blocked', []])
  expect(next.run.checks.find((check) => check.name === name)).toMatchObject({ status: 'fail', failures: 2 })
})

test('all shops are as usual on day after day', async () => {
  const at = afterNineDays()
  for (let day = 9; day < 14; day += 1) {
    const { run, gates, companies } = await sell(at, day)
    expect([run.status, companies?.status, gates.filter(({ company }) => company !== null)]).toEqual([
      'published',
      'pass',
      [],
    ])
    expect(companies?.message).toContain(`${shops.length} of ${shops.length} companies`)
  }
})
