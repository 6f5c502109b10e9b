import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { diagnoseWorkspace } from '../../../src/main/pipeline/run/diagnose/diagnose-workspace.ts'
import { proveWorkspace } from '../../../src/main/pipeline/run/diagnose/prove-workspace.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { crash, kill, resume } from '../../helpers/broken-off.ts'
import { dumpWorkspace } from '../../helpers/dump-workspace.ts'
import { exportPublished, folderOf, runFeeds, runOf, temporaryFolder } from '../../helpers/feeds.ts'
import { fullRefresh } from '../../helpers/full-refresh.ts'
import { feedsRequest } from '../../helpers/killed-run.ts'
import { expectOneStateEach } from '../../helpers/one-state.ts'
import { claim, delivery, fourRuns, later, type FourRuns } from './four-runs.ts'

const jobThread = new URL('../../../src/main/hosts/engine/job-thread.ts', import.meta.url)

async function targetsOf({ runs }: FourRuns): Promise<number[]> {
  return (await runs.all()).filter(({ can_roll_back: isTarget }) => isTarget).map(({ run_id: id }) => id)
}

/** What may come of a run that is started after a rollback, but that it is published. */
const endings: Readonly<Record<string, (world: FourRuns) => Promise<unknown>>> = {
  fails: ({ workspace, project }) => crash(feedsRequest({ input: later(), workspace, project }), 'checking'),
  'has a file that is rejected': async ({ workspace, project }) => {
    const run = await runFeeds({ input: folderOf({ 'claims_5.csv': 'a,b\n' }), workspace, project })
    expect(run.status).toBe('blocked')
  },
  'is blocked': async ({ workspace, project }) => {
    const run = await runFeeds({ input: delivery('5', [claim('C5', '5000.00')]), workspace, project })
    expect(run.status).toBe('blocked')
  },
  'is blocked and discarded': async ({ workspace, project, runs }) => {
    const run = await runFeeds({ input: delivery('5', [claim('C5', '5000.00')]), workspace, project })
    await runs.discard(run.run_id)
  },
  'is killed': ({ workspace, project }) =>
    kill(workspace, feedsRequest({ input: later(), workspace, project }), 300, false),
  'is cancelled': ({ workspace, project }) =>
    kill(workspace, feedsRequest({ input: later(), workspace, project }), 400, true),
  'is killed, resumed and killed again': async ({ workspace, project }) => {
    await kill(workspace, feedsRequest({ input: later(), workspace, project }), 400, false)
    await resume(workspace, 100)
  },
  'is a preview of a replay': async ({ quarantine }) => quarantine.replay({ preview: true }),
  'fails, and another one is blocked': async ({ workspace, project }) => {
    await crash(feedsRequest({ input: later(), workspace, project }), 'modelling')
    await runFeeds({ input: delivery('5', [claim('C5', '5000.00')]), workspace, project })
  },
}

describe('after a rollback from which a run has started that', () => {
  test.for(Object.entries(endings))('%s, readers are brought forth as if it had not', async ([, end]) => {
    const world = await fourRuns()
    const { workspace, runs, tables, kept } = world
    await runs.rollBack(1)
    await end(world)
    const blocked = (await runs.all()).find((run) => run.is_candidate)?.run_id ?? null
    const candidate = dumpWorkspace(workspace)
    expect(exportPublished(workspace)).toEqual(tables[0])
    expect(await targetsOf(world)).toEqual([4, 3, 2])
    expect(await runs.show(3)).toMatchObject({ is_rolled_back: true, is_set_aside: true, is_undone: false })
    expectOneStateEach(workspace)
    await runs.rollBack(3)
    expect(exportPublished(workspace)).toEqual(tables[2])
    expect(await targetsOf(world)).toEqual([4, 2, 1])
    expectOneStateEach(workspace)
    await runs.rollBack(4)
    expect(exportPublished(workspace)).toEqual(tables[3])
    expect(dumpWorkspace(workspace)).toEqual(kept)
    expectOneStateEach(workspace)
    for (const run of await runs.all()) {
      // It was built on the run that readers were taken back to.
      const isKept = run.run_id === blocked
      expect(run, String(run.run_id)).toMatchObject({
        is_set_aside: isKept,
        is_undone: run.run_id > 4 && !isKept,
        can_resume: false,
        is_candidate: false,
        can_bring_back: false,
      })
    }
    if (blocked === null) return
    await runs.rollBack(1)
    await runs.inspect(blocked)
    expect(await runs.show(blocked)).toMatchObject({ is_candidate: true, is_set_aside: false })
    expect(dumpWorkspace(workspace)).toEqual(candidate)
    expectOneStateEach(workspace)
  })
})

test('a run that is published after them ends the way forth for good', async () => {
  const world = await fourRuns()
  const { workspace, project, runs, inputs } = world
  await runs.rollBack(2)
  await crash(feedsRequest({ input: later(), workspace, project }), 'checking')
  const run = await runFeeds({ input: later(), workspace, project })
  expect(run.status).toBe('published')
  expect(await targetsOf(world)).toEqual([2, 1])
  expect(await runs.show(4)).toMatchObject({ is_undone: true, is_set_aside: false, is_rolled_back: false })
  await expect(runs.rollBack(4)).rejects.toThrow(
    'Readers cannot be given run 4: they were taken back from it, and another run was published since.',
  )
  const { connection } = openWorkspace(workspace)
  expect(connection.prepare("SELECT name FROM sqlite_schema WHERE name GLOB 'assay_aside:*'").all()).toEqual([])
  connection.close()
  await world.quarantine.replayAll()
  expect(exportPublished(workspace)).toEqual(await fullRefresh(workspace, [inputs[0], inputs[1], run.input]))
  expectOneStateEach(workspace)
})

test('a candidate that is released ends the way forth for good', async () => {
  const world = await fourRuns()
  const { workspace, project, runs } = world
  await runs.rollBack(2)
  const { run_id: candidate } = await runFeeds({ input: delivery('5', [claim('C5', '5000.00')]), workspace, project })
  await runs.rollBack(1)
  await runs.rollBack(2)
  expect(await targetsOf(world)).toEqual([4, 3, 1])
  await runs.release(candidate)
  expect(await targetsOf(world)).toEqual([2, 1])
  expectOneStateEach(workspace)
})

test('runs that are set aside at different times are brought forth together', async () => {
  const world = await fourRuns()
  const { workspace, project, runs, tables, kept } = world
  const fail = () => crash(feedsRequest({ input: later(), workspace, project }), 'checking')
  await runs.rollBack(3)
  await fail()
  await runs.rollBack(2)
  await runs.rollBack(1)
  expect(await targetsOf(world)).toEqual([4, 3, 2])
  await fail()
  for (const run of [2, 4, 1]) {
    await runs.rollBack(run)
    expect(exportPublished(workspace)).toEqual(tables[run - 1])
    expectOneStateEach(workspace)
  }
  await fail()
  await runs.rollBack(4)
  expect(dumpWorkspace(workspace)).toEqual(kept)
})

test('the next run goes on from the run that readers were brought forth to', async () => {
  const world = await fourRuns()
  const { workspace, project, runs } = world
  await runs.rollBack(1)
  await crash(feedsRequest({ input: later(), workspace, project }), 'checking')
  await runs.rollBack(4)
  const run = await runFeeds({ input: later(), workspace, project })
  expect(run.status).toBe('published')
  const proof = await proveWorkspace({
    projectFolder: project,
    workspaceFolder: workspace,
    jobThread,
    progress() {},
  })
  expect(proof).toMatchObject({ is_equal: true, deliveries: 4 })
  expect(await targetsOf(world)).toEqual([4, 3, 2, 1])
  expectOneStateEach(workspace)
})

test('what people decide meanwhile waits where the run was made without it', async () => {
  const { workspace, project, runs, quarantine } = await fourRuns()
  await runs.rollBack(2)
  await crash(feedsRequest({ input: later(), workspace, project }), 'checking')
  const open = (await quarantine.rows()).find(({ state }) => state === 'open')
  await quarantine.correctRow(open?.id ?? 0, { amount: '4.00' })
  expect((await quarantine.waiting({})).rows).toBe(3)
  await runs.rollBack(4)
  expect(await quarantine.rows()).toMatchObject([
    { state: 'released', is_waiting: false },
    { state: 'released', is_waiting: false },
    { id: open?.id, state: 'corrected', is_waiting: true },
  ])
  await quarantine.replayAll()
  expect(exportPublished(workspace)['stg_claims.csv']).toMatch(/C3,.*4\.00/)
  expectOneStateEach(workspace)
})

/** A project of which a table has one row for each company, and a column more. */
function coarserProject(project: string): string {
  const changed = join(temporaryFolder(), 'benefits')
  cpSync(project, changed, { recursive: true })
  const rewrite = (path: string, from: string, to: string) => {
    const text = readFileSync(join(changed, path), 'utf8')
    expect(text).toContain(from)
    writeFileSync(join(changed, path), text.replace(from, to))
  }
  const column = '      - name: claim_count\n'
  rewrite('models/marts/models.yml', 'grain: [company_ein, window_end]', 'grain: [company_ein]')
  rewrite('models/marts/models.yml', '        inputs: [{ to: claims, column: service_date, looks_back: 179 }]\n', '')
  rewrite(
    'models/marts/models.yml',
    column,
    `      - name: counted\n        data_type: integer\n        description: Again.\n${column}`,
  )
  rewrite('models/marts/fct_claims_rolling_90d.sql', 'company_ein, window_end;', 'company_ein;')
  rewrite('models/marts/fct_claims_rolling_90d.sql', '  claim_count,\n', '  claim_count,\n  claim_count AS counted,\n')
  return changed
}

test('a grain and a column that only a failed run knew do not stand in the way', async () => {
  const { workspace, project, runs, tables } = await fourRuns()
  const changed = coarserProject(project)
  await runs.rollBack(1)
  await crash(feedsRequest({ input: later(), workspace, project: changed }), 'checking')
  const { connection } = openWorkspace(workspace)
  const index = connection.prepare("SELECT sql FROM sqlite_schema WHERE name = 'fct_claims_rolling_90d_living'").pluck()
  expect(index.get()).not.toContain('window_end')
  await runs.rollBack(4)
  expect(index.get()).toContain('window_end')
  connection.close()
  expect(exportPublished(workspace)).toEqual(tables[3])
  expect((await runFeeds({ input: later(), workspace, project })).status).toBe('published')
  const proof = await proveWorkspace({
    projectFolder: project,
    workspaceFolder: workspace,
    jobThread,
    progress() {},
  })
  expect(proof.is_equal).toBe(true)
  expectOneStateEach(workspace)
})

test('what is set aside and does not fit together is found by the doctor', async () => {
  const { workspace, project, runs } = await fourRuns()
  await runs.rollBack(1)
  await crash(feedsRequest({ input: later(), workspace, project }), 'checking')
  expect(diagnoseWorkspace(workspace).findings).toEqual([])
  const { connection } = openWorkspace(workspace)
  connection.exec('UPDATE assay_run SET aside_group = NULL WHERE run_id = 4; DROP TABLE "assay_aside:2:assay_applied"')
  connection.close()
  expect(diagnoseWorkspace(workspace).findings.map(({ where }) => where)).toEqual(
    expect.arrayContaining(['assay_aside:2:staged_claims', 'assay_aside_table']),
  )
  expect(runOf(workspace, 4)).toMatchObject({ is_undone: true, can_roll_back: false })
})
