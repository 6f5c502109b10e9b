import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diagnoseWorkspace } from '../../../src/main/pipeline/run/diagnose/diagnose-workspace.ts'
import { resumableRunOf } from '../../../src/main/pipeline/run/resume/find-resumable.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { exportPublished, folderOf, runFeeds, runOf, temporaryFolder } from '../../helpers/feeds.ts'
import { feedsRequest, leaveBehind, momentsOf, recordWork, runUntilKilled } from '../../helpers/killed-run.ts'
import { startGroup } from '../../helpers/process-group.ts'

const kills = 10

/** Claims of many companies and days, every fortieth of them broken. */
function claims(from: number, count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const number = from + index
    const amount = number % 40 === 0 ? 'broken' : `${number % 900}.25`
    const day = new Date(Date.UTC(2022, 0, 1 + (number % 360))).toISOString().slice(0, 10)
    return `C${number},${String(10 + (number % 80)).padStart(2, '0')}-0000001,${day},${amount},Dental`
  })
  return `claim_id,company_ein,service_date,amount,claim_type\n${rows.join('\n')}\n`
}

/** A workspace with one published run, and the feed of a second run that shares records with it. */
async function publishFirst(secondRows: number) {
  const workspace = join(temporaryFolder(), 'workspace')
  await runFeeds({ input: folderOf({ 'claims_1.csv': claims(0, 800) }), workspace })
  return { workspace, second: folderOf({ 'claims_2.csv': claims(400, secondRows) }) }
}

function copyOf(workspace: string): string {
  const copy = join(temporaryFolder(), 'workspace')
  cpSync(workspace, copy, { recursive: true })
  return copy
}

/** How many steps the second run of a workspace has noted, and whether it can be resumed. */
function progressOf(workspace: string): { readonly steps: number; readonly isBrokenOff: boolean } {
  const { connection } = openWorkspace(workspace)
  try {
    const steps = connection.prepare('SELECT count(*) FROM assay_run_step WHERE run_id = 2').pluck().get()
    return { steps: Number(steps), isBrokenOff: resumableRunOf(connection) !== null }
  } finally {
    connection.close()
  }
}

test(`kill -9 at ${kills} moments of a run loses nothing that was published, and a rerun gives the same tables`, async () => {
  const { workspace, second } = await publishFirst(2_000)
  const before = exportPublished(workspace)
  const reference = copyOf(workspace)
  const whole = await recordWork({ kind: 'run', request: feedsRequest({ input: second, workspace: reference }) })
  const after = exportPublished(reference)
  expect(after).not.toEqual(before)

  const request = feedsRequest({ input: second, workspace: copyOf(workspace) })
  const leftBehind = await leaveBehind({ kind: 'run', request }, momentsOf(whole, kills))
  for (const [index, left] of leftBehind.entries()) {
    expect(diagnoseWorkspace(left.workspace).findings).toEqual([])
    const published = exportPublished(left.workspace)
    expect(published, `killed before statement ${left.moment}`).toEqual(left.isPublished ? after : before)
    if (index % 3 !== 1) continue
    await runFeeds({ input: second, workspace: left.workspace })
    expect(exportPublished(left.workspace), `run again after statement ${left.moment}`).toEqual(after)
  }
  // In this one each run begins from what the one before left behind.
  const worn = copyOf(workspace)
  for (const part of [0.4, 0.8]) {
    const moment = Math.ceil(whole.publishing * part)
    expect(await runUntilKilled(feedsRequest({ input: second, workspace: worn }), moment)).toBeNull()
    expect(diagnoseWorkspace(worn).findings).toEqual([])
    expect(exportPublished(worn)).toEqual(before)
  }
  await runFeeds({ input: second, workspace: worn })
  expect(exportPublished(worn)).toEqual(after)
}, 400_000)

test('the command is killed again and again in the middle of its work; resumed each time, the run comes to its end', async () => {
  const { workspace, second } = await publishFirst(4_000)
  const before = exportPublished(workspace)
  const reference = copyOf(workspace)
  await runFeeds({ input: second, workspace: reference })
  const { steps: all } = progressOf(reference)
  const run = () => {
    const asked = progressOf(workspace).isBrokenOff ? ['--resume'] : ['--input', second, '--as-of', '2022-12-31']
    return startGroup(workspace, ['run', ...asked])
  }
  for (const part of [0.1, 0.5, 0.8]) {
    const code = await run().killOnce(() => progressOf(workspace).steps >= all * part)
    if (code === 0) break
    expect(code).toBeNull()
    expect(diagnoseWorkspace(workspace).findings).toEqual([])
    // It may have been killed after it was published.
    if (runOf(workspace, 2).status === 'published') break
    expect(exportPublished(workspace)).toEqual(before)
  }
  if (runOf(workspace, 2).status !== 'published') expect(await run().ended).toBe(0)
  expect(exportPublished(workspace)).toEqual(exportPublished(reference))
  expect(runOf(workspace, 2).status).toBe('published')
}, 400_000)
