import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { proveWorkspace } from '../../../src/main/pipeline/run/diagnose/prove-workspace.ts'
import { runPipeline } from '../../../src/main/pipeline/run/run-pipeline.ts'
import { folderOf, runFeeds, runOf, temporaryFolder } from '../../helpers/feeds.ts'
import { feedsRequest } from '../../helpers/killed-run.ts'
import { afterOneDay, dayOf, deliver, freshness, gatesOf, jobThread, people, writeProject } from './people.ts'

test('a feed whose rows are old is held or told, as its contract says', async () => {
  const strict = await afterOneDay(freshness())
  const stale = await deliver(strict, 1, people({ day: 1, seenOn: '2021-11-01' }))
  expect(stale.run.status).toBe('blocked')
  expect(stale.message).toBe(
    `people: the feed is stale: its newest row is of 2021-11-01, 64 days before ${dayOf(1)}; the contract allows 30 days.`,
  )
  expect((await deliver(strict, 1, people({ day: 1, seenOn: '2021-12-20' }))).statuses['freshness']).toBe('warn')
  const mild = await afterOneDay(freshness(', severity: warn'))
  const told = await deliver(mild, 1, people({ day: 1, seenOn: '2021-11-01' }))
  expect([told.run.status, told.statuses['freshness']]).toEqual(['published', 'warn'])
})

test('a feed whose file is old is stale, however fresh its rows', async () => {
  const strict = await afterOneDay(freshness())
  const written = (day: string) => deliver(strict, 1, people({ day: 1 }), null, day)
  const stale = await written('2021-11-20')
  expect([stale.run.status, stale.statuses['freshness']]).toEqual(['blocked', 'held'])
  expect(stale.message).toBe(
    `people: the feed is stale: its file people_1.csv was last written on 2021-11-20, 45 days before ${dayOf(1)}; the contract allows 30 days.`,
  )
  expect(stale.gates.find(({ gate }) => gate === 'freshness')).toMatchObject({ value: 45, high: 30 })
  const late = await written('2021-12-20')
  expect([late.run.status, late.statuses['freshness']]).toEqual(['published', 'warn'])
  const mild = await afterOneDay(freshness(', severity: warn'))
  const told = await deliver(mild, 1, people({ day: 1 }), null, '2021-11-20')
  expect([told.run.status, told.statuses['freshness']]).toEqual(['published', 'warn'])
})

test('a file is as old as the newest of its delivery, and never too new', async () => {
  const at = { workspace: temporaryFolder(), project: writeProject(temporaryFolder(), [freshness()]) }
  const input = folderOf({ 'people_1.csv': people({ day: 0 }), 'people_2.csv': people({ day: 0, from: 7_000 }) })
  const writeOn = (file: string, day: string) => utimesSync(join(input, file), new Date(day), new Date(day))
  writeOn('people_1.csv', '2021-11-30')
  writeOn('people_2.csv', '2021-11-20')
  const held = await runFeeds({ input, ...at, asOf: dayOf(0) })
  expect(held.error?.message).toBe(
    `people: the feed is stale: its newest file people_1.csv was last written on 2021-11-30, 34 days before ${dayOf(0)}; the contract allows 30 days.`,
  )
  writeOn('people_2.csv', '2100-01-01')
  const published = await runFeeds({ input, ...at, asOf: dayOf(0) })
  expect(published.status).toBe('published')
  expect(gatesOf(at.workspace, published.run_id).find(({ gate }) => gate === 'freshness')).toMatchObject({
    status: 'pass',
    value: 0,
    message: `people: fresh: its newest row is of ${dayOf(0)}, the as-of date.`,
  })
})

test('a feed whose contract names no recency is as old as its file', async () => {
  const at = { workspace: temporaryFolder(), project: writeProject(temporaryFolder(), [freshness()]) }
  const contract = join(at.project, 'contracts/people.yml')
  writeFileSync(contract, readFileSync(contract, 'utf8').replace(/ +- \{ property: recency.*\n/u, ''))
  const stale = await deliver(at, 0, people({ day: 0 }), null, '2021-12-01')
  expect(stale.message).toContain('its file people_0.csv was last written on 2021-12-01, 33 days before')
  expect((await deliver(at, 0, people({ day: 0 }), null, '2021-12-20')).statuses['freshness']).toBe('warn')
})

test('what is read again from the archive is not judged, however old its copy', async () => {
  const at = await afterOneDay(freshness())
  for (const file of readdirSync(join(at.workspace, 'feeds')))
    utimesSync(join(at.workspace, 'feeds', file), new Date('2020-01-01'), new Date('2020-01-01'))
  const { run_id: runId } = await runPipeline(
    feedsRequest({ input: '', ...at }, { asOf: dayOf(1), fullRefresh: true }),
    { started() {}, progress() {}, log() {} },
    jobThread,
  )
  expect([runOf(at.workspace, runId).status, gatesOf(at.workspace, runId)]).toEqual(['published', []])
  const { project: projectFolder, workspace: workspaceFolder } = at
  const proof = await proveWorkspace({ projectFolder, workspaceFolder, jobThread, progress() {} })
  expect([proof.deliveries, proof.is_equal]).toEqual([1, true])
})
