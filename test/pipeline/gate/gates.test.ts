import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allowHeld } from '../../../src/main/features/gates/allow-held.ts'
import { listOverrides } from '../../../src/main/features/gates/queries.ts'
import { proveWorkspace } from '../../../src/main/pipeline/run/prove-workspace.ts'
import { rollBack } from '../../../src/main/pipeline/run/roll-back.ts'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { temporaryFolder } from '../../helpers/feeds.ts'
import { copyOf, dayOf, deliver, people, readingThread, writeProject } from './people.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-gates-'))
const project = writeProject(join(folder, 'project'))
const nineDays = join(folder, 'nine-days')

beforeAll(() => deliverDays({ project, workspace: nineDays }, 9), 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function deliverDays(at: { readonly project: string; readonly workspace: string }, days: number) {
  for (let day = 0; day < days; day += 1) expect((await deliver(at, day, people({ day }))).run.status).toBe('published')
}

const afterNineDays = () => ({ project, workspace: copyOf(nineDays) })

/** One delivery under a contract with a setting more. */
async function afterOneDay(setting: string) {
  const at = { project: writeProject(temporaryFolder(), [setting]), workspace: temporaryFolder() }
  await deliverDays(at, 1)
  return at
}

function names(workspace: string): readonly unknown[] {
  const { connection } = openWorkspace(workspace)
  try {
    return connection.prepare('SELECT person_id FROM staged_people WHERE to_run IS NULL ORDER BY 1').pluck().all()
  } finally {
    connection.close()
  }
}

test('the gates that learn are quiet before eight accepted deliveries', async () => {
  const at = { project, workspace: temporaryFolder() }
  await deliverDays(at, 7)
  const half = await deliver(at, 7, people({ day: 7, count: 300, from: 5_000 }))
  expect(half.run.status).toBe('published')
  expect(half.statuses).toMatchObject({ volume: 'quiet', keys: 'quiet' })
})

test('what is not as usual is held with its value, band, runs and cause, and nothing of it is merged', async () => {
  const { workspace } = afterNineDays()
  const usual = await deliver({ project, workspace: copyOf(workspace) }, 9, people({ day: 9 }))
  expect([usual.run.status, usual.statuses]).toEqual(['published', { volume: 'pass', keys: 'pass', schema: 'pass' }])

  const before = names(workspace)
  const held = async (text: string) => {
    const delivered = await deliver({ project, workspace }, 9, text)
    expect(delivered.run.status).toBe('blocked')
    expect(delivered.run.error?.hint).toContain(`assay gates allow ${delivered.runId}`)
    expect(names(workspace)).toEqual(before)
    return delivered
  }

  const half = await held(people({ day: 9, count: 300 }))
  expect(half.statuses).toMatchObject({ volume: 'held' })
  expect(half.message).toMatch(
    /people: 300 rows were delivered, 50 % fewer than expected; 5\d\d to 7\d\d are usual, as 9 accepted runs, 1 to 9 show/,
  )
  expect(half.gates.find(({ gate }) => gate === 'volume')).toMatchObject({
    value: 300,
    learned_from: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  })

  const more = await held(people({ day: 9, count: 780 }))
  expect(more.message).toContain('780 rows were delivered, 30 % more than expected')

  const replaced = await held(people({ day: 9, from: 7_000 }))
  expect(replaced.statuses).toMatchObject({ volume: 'pass', keys: 'held' })
  expect(replaced.message).toMatch(/100 % of the keys are new .* 100 % of the keys are gone .* replaced its keys/)

  const twice = await held(people({ day: 8, idPrefix: 'Q' }))
  expect(twice.statuses).toMatchObject({ volume: 'pass', keys: 'held' })
  expect(twice.message).toMatch(
    /nearly all keys are new \(100 %\) but the contents are the same \(100 % .* run 9\).*twice, under new ids/,
  )

  const rewritten = await held(people({ day: 9, city: () => 'Nowhere' }))
  expect(rewritten.message).toMatch(/of the keys hold other values/)

  const renamed = await held(people({ day: 9, header: 'person_id,full_name,town,seen_on' }))
  expect(renamed.statuses).toMatchObject({ schema: 'held' })
  expect(renamed.message).toMatch(
    /city was most likely renamed to town \(.*values are the same, the same type, the same place\)/,
  )

  const retyped = await held(people({ day: 9, city: (person) => String(person % 40) }))
  expect(retyped.message).toContain('city holds a number in 100 % of its cells, and held a text in 100 %')

  // Nothing that was held is history.
  expect((await deliver({ project, workspace }, 9, people({ day: 9 }))).run.status).toBe('published')
})

test('an increment is held when it comes twice under new ids, not for its keys', async () => {
  const at = { project, workspace: temporaryFolder() }
  const part = (day: number, idPrefix = 'P') => people({ day, from: day * 1_000, idPrefix })
  for (let day = 0; day < 9; day += 1) expect((await deliver(at, day, part(day))).run.status).toBe('published')
  const twice = await deliver(at, 9, part(8, 'Q'))
  expect([twice.run.status, twice.statuses['keys']]).toEqual(['blocked', 'held'])
  expect((await deliver(at, 9, part(9))).statuses['keys']).toBe('pass')
})

test('a stale feed is held or told, as its contract says', async () => {
  const limits = 'warn_after: 7, error_after: 30'
  const strict = await afterOneDay(`{ property: freshness, value: { ${limits} } }`)
  const stale = await deliver(strict, 1, people({ day: 1, seenOn: '2021-11-01' }))
  expect(stale.run.status).toBe('blocked')
  expect(stale.message).toBe(
    `people: the feed is stale: its newest row is of 2021-11-01, 64 days before ${dayOf(1)}; the contract allows 30 days.`,
  )
  expect((await deliver(strict, 1, people({ day: 1, seenOn: '2021-12-20' }))).statuses['freshness']).toBe('warn')
  const mild = await afterOneDay(`{ property: freshness, value: { ${limits}, severity: warn } }`)
  const told = await deliver(mild, 1, people({ day: 1, seenOn: '2021-11-01' }))
  expect([told.run.status, told.statuses['freshness']]).toEqual(['published', 'warn'])
})

test('a new column warns, does not matter, or is held, as the policy says', async () => {
  const text = people({ day: 1, header: 'person_id,full_name,city,seen_on,shoe_size' }).replaceAll(
    /(\d{4}-\d\d-\d\d)$/gm,
    '$1,43',
  )
  for (const [policy, status, run] of [
    ['evolve', 'warn', 'published'],
    ['discard', 'pass', 'published'],
    ['freeze', 'held', 'blocked'],
  ] as const) {
    const at = await afterOneDay(`{ property: columns, value: ${policy} }`)
    const delivered = await deliver(at, 1, text)
    expect([delivered.statuses['schema'], delivered.run.status], policy).toEqual([status, run])
    expect(delivered.gates.find(({ gate }) => gate === 'schema')?.message).toContain('shoe_size')
  }
})

test('a person lets a held delivery through with a reason; it teaches nothing unless it is what to expect', async () => {
  const at = afterNineDays()
  const text = people({ day: 9, count: 900 })
  const held = await deliver(at, 9, text)
  expect(held.run.status).toBe('blocked')
  const { connection } = openWorkspace(at.workspace)
  await allowHeld(connection, held.runId, { who: 'Ada', reason: 'a company joined', isExpected: false })
  await expect(allowHeld(connection, 1, { who: 'Ada', reason: 'no', isExpected: false })).rejects.toThrow(
    'No gate held',
  )
  expect(listOverrides(connection, held.runId)).toMatchObject([
    { gate: 'volume', who: 'Ada', reason: 'a company joined', value: 900, expected: false },
    { gate: 'keys', source: 'people' },
  ])
  connection.close()

  const other = await deliver(at, 9, people({ day: 9, count: 901 }))
  expect(other.run.status).toBe('blocked')
  const passed = await deliver(at, 9, text)
  expect([passed.run.status, passed.statuses['volume']]).toEqual(['published', 'allowed'])
  expect(passed.gates[0]?.message).toContain('Ada let it through: a company joined')
  expect((await deliver(at, 10, people({ day: 10, count: 900 }))).statuses['volume']).toBe('held')

  const expected = await deliver(at, 10, people({ day: 10, count: 905 }), { reason: 'they stay', isExpected: true })
  expect([expected.run.status, expected.statuses['volume']]).toEqual(['published', 'allowed'])
  const next = await deliver(at, 11, people({ day: 11, count: 900 }))
  expect([next.run.status, next.statuses['volume']]).toEqual(['published', 'pass'])

  const { project: projectFolder, workspace: workspaceFolder } = at
  const proof = await proveWorkspace({ projectFolder, workspaceFolder, readingThread, progress() {} })
  expect([proof.deliveries, proof.is_equal]).toEqual([12, true])
})

test('files that are known are no delivery, and a rolled back one is no history', async () => {
  const at = afterNineDays()
  const again = await deliver(at, 8, people({ day: 8 }))
  expect([again.run.status, again.gates]).toEqual(['published', []])
  const workbench = openWorkbench({ projectFolder: at.project, workspaceFolder: at.workspace, create: false })
  try {
    await rollBack(workbench, 7, { who: 'test', reason: 'to see' })
  } finally {
    workbench.close()
  }
  expect((await deliver(at, 9, people({ day: 9 }))).statuses['volume']).toBe('quiet')
})
