import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diagnoseWorkspace } from '../../../src/main/pipeline/run/diagnose/diagnose-workspace.ts'
import { resumableRunOf } from '../../../src/main/pipeline/run/resume/find-resumable.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { exportPublished, folderOf, repository, runFeeds, runOf, temporaryFolder } from '../../helpers/feeds.ts'

const kills = 20

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

function startRun(input: string, workspace: string, isResumed = false) {
  const asked = isResumed ? ['--resume'] : ['--input', input, '--as-of', '2022-12-31']
  const child = spawn(process.execPath, ['bin/assay.mjs', 'run', ...asked, '--workspace', workspace, '--json'], {
    cwd: repository,
    stdio: 'ignore',
    detached: true,
  })
  const ended = new Promise<number | null>((resolve) => void child.once('exit', (code) => resolve(code)))
  return { ended, kill: () => process.kill(-(child.pid ?? 0), 'SIGKILL') }
}

/** Whether the last run of a workspace was broken off. */
function isBrokenOff(workspace: string): boolean {
  const { connection } = openWorkspace(workspace)
  try {
    return resumableRunOf(connection) !== null
  } finally {
    connection.close()
  }
}

test(`kill -9 at ${kills} moments of a run loses nothing that was published, and a rerun gives the same tables`, async () => {
  const first = folderOf({ 'claims_1.csv': claims(0, 4_000) })
  const second = folderOf({ 'claims_2.csv': claims(2_000, 40_000) })
  const reference = temporaryFolder()
  await runFeeds({ input: first, workspace: reference })
  const before = exportPublished(reference)
  const startedAt = performance.now()
  expect(await startRun(second, reference).ended).toBe(0)
  const milliseconds = performance.now() - startedAt
  const after = exportPublished(reference)
  expect(after).not.toEqual(before)

  const workspace = join(temporaryFolder(), 'workspace')
  await runFeeds({ input: first, workspace })
  let interrupted = 0
  for (let kill = 0; kill < kills; kill += 1) {
    const run = startRun(second, workspace)
    // Spread over the whole run, from the first milliseconds to the publishing at its end.
    const wait = new Promise((resolve) => setTimeout(resolve, (milliseconds * (kill + 0.5)) / kills))
    const code = await Promise.race([run.ended, wait.then(() => 'waited' as const)])
    if (code !== 'waited') break
    run.kill()
    await run.ended
    interrupted += 1
    const published = exportPublished(workspace)
    expect(diagnoseWorkspace(workspace).findings).toEqual([])
    if (JSON.stringify(published) === JSON.stringify(after)) break
    expect(published).toEqual(before)
  }
  expect(interrupted).toBeGreaterThan(kills / 2)
  expect(await startRun(second, workspace).ended).toBe(0)
  expect(exportPublished(workspace)).toEqual(after)
}, 400_000)

test('killed again and again in the middle of whatever it does, and resumed each time, a run comes to its end', async () => {
  const first = folderOf({ 'claims_1.csv': claims(0, 4_000) })
  const second = folderOf({ 'claims_2.csv': claims(2_000, 40_000) })
  const reference = temporaryFolder()
  for (const input of [first, second]) await runFeeds({ input, workspace: reference })
  const workspace = join(temporaryFolder(), 'workspace')
  await runFeeds({ input: first, workspace })
  const before = exportPublished(workspace)
  let milliseconds = 700
  for (;;) {
    const run = startRun(second, workspace, isBrokenOff(workspace))
    const wait = new Promise((resolve) => setTimeout(resolve, milliseconds))
    const code = await Promise.race([run.ended, wait.then(() => 'waited' as const)])
    if (code === 0) break
    expect(code).toBe('waited')
    run.kill()
    await run.ended
    expect(diagnoseWorkspace(workspace).findings).toEqual([])
    const published = exportPublished(workspace)
    if (JSON.stringify(published) !== JSON.stringify(before)) break
    // A little longer each time, so that each comes a little farther than the one before.
    milliseconds += 300
  }
  expect(exportPublished(workspace)).toEqual(exportPublished(reference))
  expect(runOf(workspace, 2).status).toBe('published')
}, 400_000)
