import { expect, test } from 'vitest'
import { runPipeline } from '../../../src/main/pipeline/run/run-pipeline.ts'
import { folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { afterOneDay, dayOf, deliver, freshness, gatesOf, jobThread, people } from './people.ts'

test('a drop folder that does not change any more is stale one day, though nothing of it is read', async () => {
  const at = await afterOneDay(freshness())
  const again = (day: number, allowHeld: Parameters<typeof deliver>[3] = null) =>
    deliver(at, day, people({ day: 0 }), allowHeld, dayOf(0))
  const early = await again(5)
  expect([early.run.status, early.statuses]).toEqual(['published', {}])
  const late = await again(20)
  expect([late.run.status, late.statuses]).toEqual(['published', { freshness: 'warn' }])
  expect(late.run.log.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
    `people: the feed is stale: its newest row is of 2022-01-03, 20 days before ${dayOf(20)}, and its file people_20.csv was last written on 2022-01-03, 20 days before ${dayOf(20)}; the contract allows 7 days. Nothing of it is new in the input.`,
  ])
  const held = await again(59)
  expect([held.run.status, held.statuses]).toEqual(['blocked', { freshness: 'held' }])
  expect(held.message).toMatch(/people: the feed is stale: .*59 days before .*; the contract allows 30 days\. Nothing/)
  // A person's word on these files counts, in this run and later.
  const allowed = await again(59, { reason: 'they are on holiday', isExpected: false })
  expect([allowed.run.status, allowed.statuses]).toEqual(['published', { freshness: 'allowed' }])
  expect((await again(60)).statuses).toEqual({ freshness: 'allowed' })
  // What is new is judged by itself.
  expect((await deliver(at, 60, people({ day: 60 }))).statuses).toMatchObject({ freshness: 'pass' })
})

test('where a stale feed only warns, the run is published; what reads no feeds asks nothing of their age', async () => {
  const mild = await afterOneDay(freshness(', severity: warn'))
  const told = await deliver(mild, 59, people({ day: 0 }), null, dayOf(0))
  expect([told.run.status, told.statuses]).toEqual(['published', { freshness: 'warn' }])
  const strict = await afterOneDay(freshness())
  const request = {
    projectFolder: strict.project,
    inputFolder: '',
    workspaceFolder: strict.workspace,
    asOf: dayOf(59),
    exportFolder: null,
    startedBy: 'test',
    records: null,
  }
  const rebuild = { select: [], companies: [], from: null, to: null }
  for (const more of [
    { kind: 'feeds', fullRefresh: true },
    { kind: 'replay', rebuild },
  ] as const) {
    const listener = { started() {}, progress() {}, log() {} }
    const { run_id: runId, status } = await runPipeline({ ...request, ...more }, listener, jobThread)
    expect([status, gatesOf(strict.workspace, runId)]).toEqual(['published', []])
  }
})

test('a source that is delivered no more warns, with how old its newest row is; one that never was does not', async () => {
  const workspace = temporaryFolder()
  const header = 'claim_id,company_ein,service_date,amount,claim_type,last_updated'
  const claims = `${header}\nC1,11-1111111,2022-01-01,5.00,Medical,2022-01-02T00:00:00Z\n`
  const companies = (count: number) => `company_ein,company_name,employee_count\n11-1111111,One,${count}\n`
  const first = folderOf({ 'claims.csv': claims, 'companies.csv': companies(1) })
  await runFeeds({ input: first, workspace, asOf: '2022-01-03' })
  const run = await runFeeds({ input: folderOf({ 'companies.csv': companies(2) }), workspace, asOf: '2022-03-01' })
  expect(run.status).toBe('published')
  expect(gatesOf(workspace, run.run_id).filter(({ gate }) => gate === 'freshness')).toMatchObject([
    {
      source: 'claims',
      status: 'warn',
      value: 58,
      message:
        'claims: the feed is stale: no file of it was delivered, and its newest row is of 2022-01-02, 58 days before 2022-03-01; the contract allows 7 days.',
    },
  ])
})
