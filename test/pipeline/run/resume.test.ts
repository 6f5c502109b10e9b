import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diagnoseWorkspace } from '../../../src/main/pipeline/run/diagnose/diagnose-workspace.ts'
import { resumableRunOf } from '../../../src/main/pipeline/run/resume/find-resumable.ts'
import { runPipeline } from '../../../src/main/pipeline/run/run-pipeline.ts'
import type { RunProgress } from '../../../src/main/pipeline/run/run-progress.ts'
import type { RunRequest } from '../../../src/main/pipeline/run/run-request.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { benefits, exportPublished, folderOf, runFeeds, runOf, temporaryFolder } from '../../helpers/feeds.ts'
import { feedsRequest, runUntilKilled } from '../../helpers/killed-run.ts'
import { expectOneStateEach } from '../../helpers/one-state.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'

const jobThread = new URL('../../../src/main/hosts/engine/job-thread.ts', import.meta.url)

const claimRow = (number: number, cents: string) =>
  `C${number},${number % 2 === 0 ? '11-1111111' : '222222222'},2022-0${1 + (number % 9)}-15,${number % 7 === 0 ? 'x' : `${number}.${cents}`},Dental`
const claims = (from: number, cents: string) =>
  `claim_id,company_ein,service_date,amount,claim_type\n${Array.from({ length: 40 }, (_, index) => claimRow(from + index, cents)).join('\n')}\n`
const employees = (title: string) =>
  `person_id,title,email,company_ein,start_date\nP1,${title},x@a.com,,2022-01-01\nP2,,x@b.com,222222222,2022-02-30\n`

const first = () =>
  folderOf({
    'claims_1.csv': claims(0, '10'),
    'employees_1.csv': employees('Boss'),
    'company_lookup_1.json': '{"a.com":"11-1111111"}',
  })
/** Another look-up too, so that a source is judged by what the run itself reads. */
const second = () =>
  folderOf({
    'claims_2.csv': claims(20, '25'),
    'employees_2.csv': employees('Clerk'),
    'company_lookup_2.json': '{"a.com":"222222222","b.com":"11-1111111"}',
    'enrichment_2.json': '{"a.com":{"industry":"Food"}}',
  })

/** What a workspace says is done of its last run. */
function doneIn(workspace: string): { readonly run: number | null; readonly steps: readonly string[] } {
  const { connection } = openWorkspace(workspace)
  try {
    const run = resumableRunOf(connection)
    const steps = connection
      .prepare(
        `SELECT substr(step, 7) FROM assay_run_step WHERE run_id = :run AND step GLOB 'stage *'
        UNION ALL SELECT model FROM assay_run_model WHERE run_id = :run`,
      )
      .pluck()
      .all({ run }) as string[]
    return { run, steps: steps.toSorted() }
  } finally {
    connection.close()
  }
}

/** Runs in this process; gives which steps were not done since they were done before. */
async function take(request: RunRequest) {
  let last: RunProgress | null = null
  const outcome = await runPipeline(
    request,
    { started() {}, progress: (progress) => (last = progress), log() {} },
    jobThread,
  )
  const { sources, models } = last as unknown as RunProgress
  const resumed = [...sources, ...models].filter(({ state }) => state === 'resumed').map(({ name }) => name)
  return { ...outcome, resumed: resumed.toSorted() }
}

const moments = 8

test(`a run that kill -9 ended at ${moments} moments goes on where it stopped, and ends as one that was not`, async () => {
  const input = second()
  const reference = temporaryFolder()
  await runFeeds({ input: first(), workspace: reference })
  const whole = await runUntilKilled(feedsRequest({ input, workspace: reference }), null)
  const after = exportPublished(reference)
  const start = temporaryFolder()
  await runFeeds({ input: first(), workspace: start })
  const done = new Set<number>()
  for (let moment = 0; moment < moments; moment += 1) {
    const workspace = temporaryFolder()
    cpSync(start, workspace, { recursive: true })
    const at = Math.ceil(((whole?.statements ?? 0) * (moment + 1)) / (moments + 1))
    expect(await runUntilKilled(feedsRequest({ input, workspace }), at)).toBeNull()
    const { run: broken, steps } = doneIn(workspace)
    // It may have ended before it had begun a run, or after it was published.
    if (broken === null) continue
    done.add(steps.length)
    // Once more while it is resumed.
    if (moment % 3 === 1)
      await runUntilKilled(feedsRequest({ input, workspace }, { resume: broken }), Math.ceil(at / 2))
    const before = doneIn(workspace)
    if (before.run === null) continue
    const ended = await take(feedsRequest({ input, workspace }, { resume: broken }))
    const why = runOf(workspace, ended.run_id)
      .log.map(({ message }) => message)
      .join('\n')
    if (ended.run_id === broken) expect(ended.resumed, why).toEqual(before.steps)
    else expect(before.steps).toEqual([])
    expect(exportPublished(workspace), `killed before statement ${at}: ${why}`).toEqual(after)
    expect(runOf(workspace, ended.run_id).sources).toEqual(runOf(reference, 2).sources)
    expect(diagnoseWorkspace(workspace).findings).toEqual([])
    expectOneStateEach(workspace)
  }
  expect(done.size).toBeGreaterThan(Math.min(moments / 4, 15))
})

test('a model that failed and was mended: the run goes on there, with all that was built before', async () => {
  const project = temporaryFolder()
  cpSync(benefits, project, { recursive: true })
  const path = join(project, 'models/marts/mart_cost_spikes.sql')
  const good = readFileSync(path, 'utf8')
  writeFileSync(path, good.replace(/select/i, 'select abs(-9223372036854775807 - 1) as overflow, '))
  const [input, workspace] = [second(), temporaryFolder()]
  await expect(take(feedsRequest({ input, workspace, project }))).rejects.toThrow('mart_cost_spikes')
  const { run: broken, steps } = doneIn(workspace)
  expect(broken).toBe(1)
  expect(steps).toContain('int_company_enriched')
  writeFileSync(path, good)
  const ended = await take(feedsRequest({ input, workspace, project }, { resume: 1 }))
  expect(ended).toEqual({ run_id: 1, status: 'published', resumed: steps })
  const { log, resumption } = runOf(workspace, 1)
  expect(resumption).toMatch(/^The run was resumed where it had stopped: 5 of 5 sources/)
  expect(log.map(({ message }) => message)).toContain(resumption)
  const fresh = temporaryFolder()
  await runFeeds({ input, workspace: fresh })
  expect(exportPublished(workspace)).toEqual(exportPublished(fresh))
})

test('a model that was built before and says something else now is built again, and what reads it', async () => {
  const project = temporaryFolder()
  cpSync(benefits, project, { recursive: true })
  const path = join(project, 'models/marts/mart_cost_spikes.sql')
  const good = readFileSync(path, 'utf8')
  writeFileSync(path, good.replace(/select/i, 'select abs(-9223372036854775807 - 1) as overflow, '))
  const [input, workspace] = [second(), temporaryFolder()]
  await expect(take(feedsRequest({ input, workspace, project }))).rejects.toThrow('mart_cost_spikes')
  writeFileSync(path, good)
  appendFileSync(join(project, 'models/staging/stg_claims.sql'), '\n-- 1\n')
  const { resumed } = await take(feedsRequest({ input, workspace, project }, { resume: 1 }))
  expect(resumed).toContain('claims')
  expect(resumed).toContain('stg_employees')
  expect(resumed).not.toContain('stg_claims')
})

/** A run that was killed in its last model. */
async function brokenRun() {
  const [input, workspace] = [second(), temporaryFolder()]
  await runFeeds({ input: first(), workspace })
  const copy = temporaryFolder()
  cpSync(workspace, copy, { recursive: true })
  const { statements = 0 } = (await runUntilKilled(feedsRequest({ input, workspace: copy }), null)) ?? {}
  expect(await runUntilKilled(feedsRequest({ input, workspace }), Math.floor(statements * 0.5))).toBeNull()
  const { run: broken, steps } = doneIn(workspace)
  expect(broken).toBe(2)
  expect(steps.length).toBeGreaterThan(5)
  return { input, workspace }
}

async function expectFreshStart(workspace: string, input: string, reason: string): Promise<void> {
  const ended = await take(feedsRequest({ input, workspace }, { resume: 2 }))
  expect(ended).toEqual({ run_id: 3, status: 'published', resumed: [] })
  expect(runOf(workspace, 2)).toMatchObject({ is_undone: true, status: 'failed' })
  expect(runOf(workspace, 3).resumption).toBe(
    `Run 2 could not be resumed, since ${reason}. It was taken back, and this run starts over.`,
  )
  expectOneStateEach(workspace)
}

test('a file that changed since: the run is taken back and starts over', async () => {
  const { input, workspace } = await brokenRun()
  appendFileSync(join(input, 'claims_2.csv'), 'C99,11-1111111,2022-03-01,5.00,Dental\n')
  await expectFreshStart(workspace, input, 'the files of claims are not those that it read')
  const fresh = temporaryFolder()
  await runFeeds({ input: first(), workspace: fresh })
  await runFeeds({ input, workspace: fresh })
  expect(exportPublished(workspace)).toEqual(exportPublished(fresh))
})

test('what people decided since counts: the run is taken back and starts over', async () => {
  const { input, workspace } = await brokenRun()
  const quarantine = openQuarantine(workspace)
  const row = (await quarantine.rows()).find(({ source }) => source === 'claims')
  await quarantine.correctRow(row?.id ?? 0, { amount: '7.00' })
  quarantine.close()
  await expectFreshStart(workspace, input, 'something was decided about records since')
  expect(exportPublished(workspace)['stg_claims.csv']).toContain('7.00')
})

test('another day, another run since: nothing of the old one is gone on with', async () => {
  const { input, workspace } = await brokenRun()
  const ended = await take(feedsRequest({ input, workspace }, { resume: 2, asOf: '2023-01-31' }))
  expect(ended).toMatchObject({ run_id: 3, resumed: [] })
  expect(runOf(workspace, 3).resumption).toContain('another day counts as today')
  const again = await take(feedsRequest({ input, workspace }, { resume: 2 }))
  expect(again).toMatchObject({ run_id: 4, resumed: [] })
  expect(runOf(workspace, 4).resumption).toContain('what it had done is not there any more')
})

test('a file that was rejected and is mended: the other sources stay, unless they were judged by it', async () => {
  const [input, workspace] = [second(), temporaryFolder()]
  const mended = readFileSync(join(input, 'claims_2.csv'), 'utf8')
  writeFileSync(join(input, 'claims_2.csv'), 'claim_id,company_ein\nC1,11-1111111\n')
  expect(await take(feedsRequest({ input, workspace }))).toMatchObject({ run_id: 1, status: 'blocked' })
  writeFileSync(join(input, 'claims_2.csv'), mended)
  const ended = await take(feedsRequest({ input, workspace }, { resume: 1 }))
  expect(ended).toMatchObject({ run_id: 1, status: 'published' })
  expect(ended.resumed).toEqual(['companies', 'company_lookup', 'employees', 'plans'])
  const fresh = temporaryFolder()
  await runFeeds({ input, workspace: fresh })
  expect(exportPublished(workspace)).toEqual(exportPublished(fresh))

  writeFileSync(join(input, 'company_lookup_3.json'), '[]')
  appendFileSync(join(input, 'employees_2.csv'), 'P3,,x@c.org,,2022-01-01\n')
  expect(await take(feedsRequest({ input, workspace }))).toMatchObject({ run_id: 2, status: 'blocked' })
  writeFileSync(join(input, 'company_lookup_3.json'), '{"c.org":"33-3333333"}')
  expect(await take(feedsRequest({ input, workspace }, { resume: 2 }))).toMatchObject({ run_id: 3, resumed: [] })
  expect(runOf(workspace, 3).resumption).toContain('a look-up is read that other sources were judged by')
  await runFeeds({ input, workspace: fresh })
  expect(exportPublished(workspace)).toEqual(exportPublished(fresh))
})
