import { expect, test } from 'vitest'
import { forkNodeProcess } from '../../../src/main/hosts/engine/fork-node-process.ts'
import type { ForkedProcess } from '../../../src/main/hosts/engine/forked-process.ts'
import { createRunJobs, type EngineJobs } from '../../../src/main/hosts/engine/run-jobs.ts'
import type { RunRequest } from '../../../src/main/pipeline/run/run-request.ts'
import { benefits, folderOf, runOf, temporaryFolder } from '../../helpers/feeds.ts'

interface Bench {
  readonly jobs: EngineJobs
  /** The process of the latest job. */
  readonly latest: () => ForkedProcess
  readonly events: { readonly topic: string; readonly payload: unknown }[]
  readonly lines: string[]
}

function createBench(): Bench {
  const forked: ForkedProcess[] = []
  const events: Bench['events'] = []
  const lines: string[] = []
  const jobs = createRunJobs({
    fork(entry) {
      const child = forkNodeProcess(entry)
      forked.push(child)
      return child
    },
    publish: (topic, payload) => void events.push({ topic: topic.name, payload }),
    log: (level, message) => void lines.push(`${level} ${message}`),
  })
  const latest = () => {
    const child = forked.at(-1)
    if (child === undefined) throw new Error('no job was started')
    return child
  }
  return { jobs, latest, events, lines }
}

/** Feeds that take long enough to be interrupted. */
function createFeeds(rows = 20_000): string {
  const claims = Array.from(
    { length: rows },
    (_, row) => `C${row},11-1111111,2022-03-0${(row % 9) + 1},${row}.00,medical,2022-01-01`,
  )
  return folderOf({
    'employees_001.csv':
      'person_id,title,email,company_ein,start_date,notes,last_updated\nP1,Boss,x@a.com,11-1111111,2022-01-01,,2022-01-01\n',
    'plans_001.csv':
      'plan_id,company_ein,plan_type,carrier_name,start_date,end_date,last_updated\nPL1,11-1111111,dental,uhc,2022-01-01,,2022-01-01\n',
    'claims_001.csv': `claim_id,company_ein,service_date,amount,claim_type,last_updated\n${claims.join('\n')}\n`,
  })
}

function requestFor(workspaceFolder: string, inputFolder = createFeeds()): RunRequest {
  return {
    kind: 'feeds',
    projectFolder: benefits,
    inputFolder,
    workspaceFolder,
    asOf: '2022-12-31',
    exportFolder: null,
    startedBy: 'test',
    records: null,
  }
}

test('a run goes on in its own process, tells how it goes, and ends published', async () => {
  const { jobs, events } = createBench()
  const workspace = temporaryFolder()
  const { run_id: runId } = await jobs.start(requestFor(workspace))
  expect(await jobs.finished(runId)).toEqual({ run_id: runId, status: 'published' })
  expect(runOf(workspace, runId).status).toBe('published')
  expect(jobs.current()).toBeNull()
  expect(events[0]).toEqual({ topic: 'workspace.changed', payload: { reason: `run ${runId} started` } })
  expect(events.at(-1)).toEqual({ topic: 'workspace.changed', payload: { reason: `run ${runId} ended` } })
  expect(events.filter(({ topic }) => topic === 'runs.progress').at(-1)?.payload).toMatchObject({
    run_id: runId,
    stage: 'done',
    status: 'published',
  })
})

test('one run at a time', async () => {
  const { jobs } = createBench()
  const request = requestFor(temporaryFolder())
  const first = jobs.start(request)
  await expect(jobs.start(request)).rejects.toMatchObject({
    code: 'WORKSPACE_LOCKED',
    message: 'A run is going on already.',
  })
  const { run_id: runId } = await first
  await expect(jobs.start(request)).rejects.toMatchObject({ message: `Run ${runId} is going on already.` })
  await jobs.finished(runId)
  const again = await jobs.start(request)
  expect(await jobs.finished(again.run_id)).toMatchObject({ status: 'published' })
})

test('a cancelled run is killed, recorded as cancelled, and the next one is not in its way', async () => {
  const { jobs, lines } = createBench()
  const workspace = temporaryFolder()
  const request = requestFor(workspace)
  const { run_id: runId } = await jobs.start(request)
  const end = jobs.finished(runId).catch((error: unknown) => error)
  await jobs.cancel(runId)
  expect(await end).toMatchObject({ code: 'CANCELLED', message: `Run ${runId} was cancelled.` })
  expect(runOf(workspace, runId)).toMatchObject({ status: 'cancelled', error: { code: 'CANCELLED' } })
  expect(jobs.current()).toBeNull()
  expect(lines).toEqual([])
  await expect(jobs.cancel(runId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const again = await jobs.start(request)
  expect(await jobs.finished(again.run_id)).toMatchObject({ status: 'published' })
})

test('a job that dies by itself leaves a failed run that says so', async () => {
  const { jobs, latest, lines } = createBench()
  const workspace = temporaryFolder()
  const { run_id: runId } = await jobs.start(requestFor(workspace))
  const end = jobs.finished(runId).catch((error: unknown) => error)
  latest().kill()
  expect(await end).toMatchObject({
    code: 'ENVIRONMENT',
    message: `Run ${runId} ended unexpectedly: its process was killed or crashed.`,
  })
  expect(runOf(workspace, runId)).toMatchObject({ status: 'failed', error: { code: 'ENVIRONMENT' } })
  expect(lines).toHaveLength(1)
})

test('a job that dies before its run has a number is a start that failed', async () => {
  const { jobs, latest } = createBench()
  const starting = jobs.start(requestFor(temporaryFolder()))
  latest().kill()
  await expect(starting).rejects.toMatchObject({ code: 'ENVIRONMENT' })
  expect(jobs.current()).toBeNull()
})

test('what cannot start says why, with all of its facts, and does not stand in the way', async () => {
  const { jobs } = createBench()
  const workspace = temporaryFolder()
  await expect(jobs.start(requestFor(workspace, folderOf({})))).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    hint: expect.stringMatching(/./) as string,
  })
  const { run_id: runId } = await jobs.start(requestFor(workspace))
  expect(await jobs.finished(runId)).toMatchObject({ status: 'published' })
})
