import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { forkNodeProcess } from '../../../src/main/hosts/engine/fork-node-process.ts'
import { createRunJobs } from '../../../src/main/hosts/engine/run-jobs.ts'
import { runFeeds, runOf } from '../../helpers/feeds.ts'
import { goodRuns, guardsOf, shippingFeeds, shippingProject } from '../../pipeline/run/guards-world.ts'

test('a model whose SQL runs away is stopped by the clock, in the middle of its statement, and named', async () => {
  const project = shippingProject()
  const workspace = await goodRuns(project, 1)
  const path = join(project, 'models/company_rate.sql')
  const sql = readFileSync(path, 'utf8')
  // It would count for hours.
  writeFileSync(
    path,
    `WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 100000000000)
    SELECT * FROM (${sql}) WHERE (SELECT max(n) FROM counted) > 0`,
  )
  const configPath = join(project, 'project.yml')
  const config = readFileSync(configPath, 'utf8')
  writeFileSync(configPath, `${config}model_seconds: 1\n`)
  const jobs = createRunJobs({ fork: forkNodeProcess, publish: () => undefined, log: () => undefined })
  const { run_id: runId } = await jobs.start({
    kind: 'feeds',
    projectFolder: project,
    inputFolder: shippingFeeds(25),
    workspaceFolder: workspace,
    asOf: '2022-12-31',
    exportFolder: null,
    startedBy: 'test',
    records: null,
  })
  await expect(jobs.finished(runId)).rejects.toMatchObject({
    code: 'MODEL_FAILED',
    message: 'The model company_rate took longer than 1 s, and the run was stopped.',
    place: { table: 'company_rate' },
  })
  expect(runOf(workspace, runId)).toMatchObject({ status: 'failed', error: { code: 'MODEL_FAILED' } })
  expect(guardsOf(workspace, runId)).toMatchObject([{ model: 'company_rate', guard: 'time_limit', status: 'fail' }])
  writeFileSync(path, sql)
  expect(await runFeeds({ input: shippingFeeds(25), workspace, project })).toMatchObject({ status: 'published' })
})
