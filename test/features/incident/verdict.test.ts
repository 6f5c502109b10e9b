import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { showIncident } from '../../../src/main/features/incident/show-incident.ts'
import { endRun } from '../../../src/main/pipeline/run/end-run.ts'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { lockWorkspace } from '../../../src/main/store/workspace-lock.ts'
import { benefits, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { openRuns } from '../../helpers/published-runs.ts'
import { strictProject } from '../../helpers/strict-project.ts'
import { copyOf } from '../../pipeline/gate/people.ts'
import { halfOf, salesOf, salesOn, sell, sellDays, writeShops } from '../../pipeline/gate/shops.ts'

const claims = (...amounts: readonly string[]) =>
  folderOf({
    'claims.csv': `claim_id,company_ein,service_date,amount,claim_type\n${amounts.map((amount, index) => `C${index},11-1111111,2022-01-01,${amount},Dental\n`).join('')}`,
  })

function verdictOf(workspace: string, project = benefits, runningRun: number | null = null) {
  const workbench = openWorkbench({ projectFolder: project, workspaceFolder: workspace, create: true })
  try {
    return showIncident(workbench, runningRun)
  } finally {
    workbench.close()
  }
}

/** Begins a run, as another process would, and leaves it. */
function begin(workspace: string): number {
  const { connection } = openWorkspace(workspace)
  const { lastInsertRowid } = connection
    .prepare(
      "INSERT INTO assay_run (status, kind, as_of, input, started_by, started_at, built_on) VALUES ('running', 'feeds', 1, '', 'Ada', 9e12, 0)",
    )
    .run()
  connection.close()
  return Number(lastInsertRowid)
}

test('nothing, a run that goes on and one that was cancelled did not go well', async () => {
  const workspace = temporaryFolder()
  expect(verdictOf(workspace).verdict).toEqual({ status: 'none', title: 'Nothing was run yet', details: [] })
  await runFeeds({ input: claims('5.00'), workspace })
  expect(verdictOf(workspace).verdict).toEqual({ status: 'pass', title: 'The latest run went well', details: [] })

  const run = begin(workspace)
  expect(verdictOf(workspace, benefits, run).verdict).toMatchObject({ status: 'running', title: 'Run 2 is going on' })
  // Another process has the lock: it goes on there, and can be stopped from here.
  const lock = lockWorkspace(workspace, 'run')
  expect(verdictOf(workspace)).toMatchObject({ verdict: { title: 'Run 2 is going on' }, running_run: 2, run: null })
  lock.release()
  expect(verdictOf(workspace)).toMatchObject({ verdict: { title: 'Run 2 was broken off' }, running_run: null })
  endRun(workspace, run, 'cancelled', null)
  expect(verdictOf(workspace).verdict).toEqual({
    status: 'cancelled',
    title: 'Run 2 was cancelled',
    details: ['Nothing of it was published. Readers see run 1.'],
  })
})

test('what was discarded, released and rolled back from is told with who did it', async () => {
  const workspace = temporaryFolder()
  const project = strictProject()
  await runFeeds({ input: claims('5.00'), workspace, project })
  await runFeeds({ input: claims('5.00', '5000.00'), workspace, project })
  const runs = openRuns(workspace, project)
  await runs.discard(2)
  expect(await runs.show(2)).toMatchObject({ discarded: { reason: 'not wanted' }, is_superseded: false })
  const discarded = verdictOf(workspace, project)
  expect(discarded).toMatchObject({ run: { run_id: 2 }, verdict: { status: 'blocked', title: 'Run 2 was blocked' } })
  expect(discarded.verdict.details.join()).toMatch(/discarded it: not wanted$/)
  expect(discarded.actions).toMatchObject([{ what: 'discarded run 2', reason: 'not wanted' }])

  await runFeeds({ input: claims('5.00', '6000.00'), workspace, project })
  await runs.release(3, 'a real bill')
  expect(await runs.show(2)).toMatchObject({ is_superseded: false })
  const released = verdictOf(workspace, project)
  expect(released).toMatchObject({
    run: null,
    verdict: { status: 'warn', title: 'Run 3 was released although it was blocked' },
    problems_run: 3,
  })
  expect(released.problems[0]).toMatchObject({ kind: 'check', status: 'fail', held: [] })
  expect(released.verdict.details.join()).toMatch(/released it: a real bill$/)

  await runs.rollBack(1, 'it was not')
  const back = verdictOf(workspace, project).verdict
  expect(back).toMatchObject({ status: 'warn', title: 'Readers see run 1, not the latest, run 3' })
  expect(back.details.join()).toMatch(/gave them run 1: it was not$/)
})

test('of a run that was published in part is told what holds back whom', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-verdict-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const project = writeShops(join(folder, 'project'))
  const nineDays = join(folder, 'nine-days')
  await sellDays({ project, workspace: nineDays }, 9)
  const workspace = copyOf(nineDays)
  const checked = salesOf('s1', 10).map((row, index) => (index === 0 ? row.replace(/,\d+,2022/, ',900,2022') : row))
  await sell({ project, workspace }, 10, salesOn(10, { s2: halfOf(salesOf('s2', 10)), s1: checked }))
  const { verdict, problems, problems_run: run, held } = verdictOf(workspace, project)
  expect(verdict).toEqual({
    status: 'warn',
    title: 'The latest run was published in part',
    details: ['Held back: s1 and s2. Readers see of that what they saw before.'],
  })
  expect(run).toBe(10)
  expect(held).toEqual({ run_id: 10, companies: ['s2'] })
  expect(problems.filter(({ status }) => status === 'fail')).toEqual([])
  const gate = problems.find(({ kind, held: parts }) => kind === 'gate' && parts.length > 0)
  expect(gate).toMatchObject({ gate: 'volume', held: ['s2'] })
  expect(gate?.message).toMatch(/^sales of s2: \d\d sound rows were delivered.*; \d\d to \d\d are usual/)
  const check = problems.find(({ kind }) => kind === 'check')
  expect(check).toMatchObject({ held: ['s1'] })
  expect(check?.message).toMatch(/Held back: s1\.$/)
})
