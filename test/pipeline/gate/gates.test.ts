import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { temporaryFolder } from '../../helpers/feeds.ts'
import { afterOneDay, copyOf, dayOf, deliver, deliverDays, people, writeProject } from './people.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-gates-'))
const project = writeProject(join(folder, 'project'))
const nineDays = join(folder, 'nine-days')

beforeAll(() => deliverDays({ project, workspace: nineDays }, 9))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const afterNineDays = () => ({ project, workspace: copyOf(nineDays) })

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
    /people: 300 rows were delivered, 50 % fewer than expected; 5\d\d to 7\d\d are usual, as 9 accepted runs \(1 to 9\) show/,
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

test('a feed that holds the rows of the day twice, or those of the day before once more, is held with that as the cause', async () => {
  const at = { project, workspace: temporaryFolder() }
  const part = (day: number, idPrefix = 'P') => people({ day, from: day * 1_000, idPrefix })
  const rowsOf = (text: string) => text.slice(text.indexOf('\n') + 1)
  for (let day = 0; day < 9; day += 1) expect((await deliver(at, day, part(day))).run.status).toBe('published')
  const itself = await deliver(at, 9, part(9) + rowsOf(part(9, 'Q')))
  expect([itself.run.status, itself.statuses]).toMatchObject(['blocked', { volume: 'held', keys: 'held' }])
  const cause =
    '50 % of the rows repeat others of the same delivery under other keys (1,200 sound rows have 600 different contents): it most likely holds the same feed twice, under new ids'
  expect(itself.message).toContain(`The likely cause: ${cause}.`)
  expect(itself.message).toContain(`people: ${cause}, as 8 accepted runs (2 to 9) show.`)
  const before = await deliver(at, 9, part(9) + rowsOf(part(8, 'Q')))
  expect([before.run.status, before.statuses]).toMatchObject(['blocked', { volume: 'held', keys: 'held' }])
  expect(before.message).toMatch(
    /people: 50 % of the rows have the contents of rows of run 9 under new keys \(at most \d+ % is usual\)/,
  )
  // The same rows with the same keys are no rows under new ids.
  expect((await deliver(at, 9, part(9) + rowsOf(part(9)))).statuses).toMatchObject({ volume: 'held', keys: 'pass' })
  expect((await deliver(at, 9, part(9))).run.status).toBe('published')
})

test('rows that always repeat others under other keys are as usual, also after a delivery of fewer', async () => {
  const at = { project, workspace: temporaryFolder() }
  const part = (day: number, idPrefix: string, count: number) => people({ day, from: day * 1_000, idPrefix, count })
  const rowsOf = (text: string) => text.slice(text.indexOf('\n') + 1)
  const twice = (day: number, count = 300) => part(day, 'P', count) + rowsOf(part(day, 'Q', count))
  for (let day = 0; day < 9; day += 1) expect((await deliver(at, day, twice(day))).run.status).toBe('published')
  const fewer = part(9, 'P', 60)
  expect((await deliver(at, 9, fewer, { reason: 'a holiday', isExpected: false })).run.status).toBe('published')
  expect((await deliver(at, 10, twice(10))).statuses['keys']).toBe('pass')
})

test('a delivery of which all rows are broken, or nearly all, is not said to have come twice', async () => {
  const { workspace } = afterNineDays()
  const broken = people({ day: 9, from: 20_000, seenOn: 'some day' })
  const all = await deliver({ project, workspace }, 9, broken)
  expect(all.run.status).toBe('blocked')
  const few = await deliver({ project, workspace }, 9, `${broken}Q1,Name 100,City 20,${dayOf(8)}\n`)
  for (const { message } of [all, few]) expect(message).not.toMatch(/twice|run 9 under new keys/)
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
