import { expect, test } from 'vitest'
import { forkNodeProcess } from '../../../src/main/hosts/engine/fork-node-process.ts'
import { createRunJobs } from '../../../src/main/hosts/engine/run-jobs.ts'
import type { RunRequest } from '../../../src/main/pipeline/run/run-request.ts'
import { diagnoseWorkspace } from '../../../src/main/pipeline/run/diagnose/diagnose-workspace.ts'
import { benefits, exportPublished, folderOf, runOf, temporaryFolder } from '../../helpers/feeds.ts'

/** Claims of many companies and days, so that reading, building and checking each take a while. */
function claims(rows: number, cents: number): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const day = new Date(Date.UTC(2022, 0, 1 + (row % 360))).toISOString().slice(0, 10)
    return `C${row},${10 + (row % 80)}-0000001,${day},${row % 900}.${cents},Dental,2022-12-0${1 + (cents % 2)}`
  })
  return `claim_id,company_ein,service_date,amount,claim_type,last_updated\n${lines.join('\n')}\n`
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

test('a run ends before its work is done when it is cancelled, in whatever long stage it is', async () => {
  const workspace = temporaryFolder()
  const jobs = createRunJobs({ fork: forkNodeProcess, publish: () => undefined, log: () => undefined })
  const request = (inputFolder: string): RunRequest => ({
    kind: 'feeds',
    projectFolder: benefits,
    inputFolder,
    workspaceFolder: workspace,
    asOf: '2022-12-31',
    exportFolder: null,
    startedBy: 'test',
    records: null,
  })
  const first = await jobs.start(request(folderOf({ 'claims_1.csv': claims(1_000, 26) })))
  await jobs.finished(first.run_id)
  const published = exportPublished(workspace)
  const input = folderOf({ 'claims_2.csv': claims(120_000, 27) })

  const seen = new Set<string>()
  for (const stage of ['reading', 'modelling', 'reading', 'modelling']) {
    const { run_id: runId } = await jobs.start(request(input))
    const run = { isOver: false }
    const end = jobs
      .finished(runId)
      .catch(() => undefined)
      .finally(() => (run.isOver = true))
    while (!run.isOver && jobs.current()?.stage !== stage) await pause(2)
    await pause(Math.random() * 50)
    const at = jobs.current()?.stage
    if (at === undefined) throw new Error(`the run ended before it was cancelled in ${stage}`)
    seen.add(at)
    await jobs.cancel(runId)
    await end
    expect(runOf(workspace, runId).status).toBe('cancelled')
    expect(exportPublished(workspace)).toEqual(published)
    expect(diagnoseWorkspace(workspace).findings).toEqual([])
  }
  expect(seen.size).toBeGreaterThan(1)
}, 300_000)
