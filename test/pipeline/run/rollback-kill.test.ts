import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diagnoseWorkspace } from '../../../src/main/pipeline/run/diagnose/diagnose-workspace.ts'
import { publishedRunOf } from '../../../src/main/pipeline/run/publish/published-runs.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { exportPublished, folderOf, repository, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'

const kills = 12

/** Claims of which every second has an amount that nobody can read. */
function claims(from: number, count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const number = from + index
    const amount = number % 2 === 0 ? 'x' : `${number % 900}.25`
    return `C${number},${String(10 + (number % 80)).padStart(2, '0')}-0000001,2022-03-01,${amount},Dental`
  })
  return `claim_id,company_ein,service_date,amount,claim_type\n${rows.join('\n')}\n`
}

function startRollback(workspace: string, run: number) {
  const args = ['bin/assay.mjs', 'rollback', String(run), '--workspace', workspace, '--reason', 'kill me']
  const child = spawn(process.execPath, args, { cwd: repository, stdio: 'ignore', detached: true })
  const ended = new Promise<number | null>((resolve) => void child.once('exit', (code) => resolve(code)))
  return { ended, kill: () => process.kill(-(child.pid ?? 0), 'SIGKILL') }
}

/** The run that readers see, how often they were given one, and how many records wait. */
function standing(workspace: string) {
  const { connection } = openWorkspace(workspace)
  try {
    const count = (table: string) => Number(connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
    return {
      run: publishedRunOf(connection),
      publications: count('assay_publication'),
      waiting: count('assay_waiting'),
    }
  } finally {
    connection.close()
  }
}

test(`kill -9 at ${kills} moments of a rollback: readers see the one run or the other, whole`, async () => {
  const workspace = join(temporaryFolder(), 'workspace')
  await runFeeds({ input: folderOf({ 'claims_1.csv': claims(0, 3_000) }), workspace })
  const quarantine = openQuarantine(workspace)
  await quarantine.correctAll({ kind: 'set', field: 'amount', value: '8.00' })
  await quarantine.replayAll()
  quarantine.close()
  const tables = { 2: exportPublished(workspace), 1: {} }
  const startedAt = performance.now()
  expect(await startRollback(workspace, 1).ended).toBe(0)
  const milliseconds = performance.now() - startedAt
  tables[1] = exportPublished(workspace)
  expect(tables[1]).not.toEqual(tables[2])

  let interrupted = 0
  for (let kill = 0; kill < kills; kill += 1) {
    const before = standing(workspace)
    const to = before.run === 1 ? 2 : 1
    const rollback = startRollback(workspace, to)
    const wait = new Promise((resolve) => setTimeout(resolve, milliseconds * (0.3 + (0.7 * kill) / kills)))
    if ((await Promise.race([rollback.ended, wait.then(() => 'waited' as const)])) === 'waited') {
      rollback.kill()
      await rollback.ended
      interrupted += 1
    }
    const after = standing(workspace)
    const isDone = after.run === to
    expect(after).toEqual({
      run: isDone ? to : before.run,
      publications: before.publications + (isDone ? 1 : 0),
      waiting: after.run === 1 ? 1_500 : 0,
    })
    expect(diagnoseWorkspace(workspace).findings).toEqual([])
    expect(exportPublished(workspace)).toEqual(tables[after.run === 1 ? 1 : 2])
  }
  expect(interrupted).toBeGreaterThan(0)
  const { run } = standing(workspace)
  expect(await startRollback(workspace, run === 1 ? 2 : 1).ended).toBe(0)
}, 400_000)
