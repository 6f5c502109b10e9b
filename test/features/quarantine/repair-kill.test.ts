import { spawn } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { isWorkspaceLocked } from '../../../src/main/store/workspace-lock.ts'
import { exportPublished, folderOf, repository, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { expectOneStateEach } from '../../helpers/one-state.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'

const kills = 20
const claims = 4_000
const held = claims / 2
const edit = { kind: 'replace', field: 'amount', find: 'O', with: '0', is_regex: false, ignore_case: false } as const

/** Claims of many companies and days; in the amount of every other one a letter stands for a digit. */
function feed(): string {
  const rows = Array.from({ length: claims }, (_, claim) => {
    const amount = claim % 2 === 0 ? `${claim % 900}.5O` : `${claim % 900}.50`
    const day = new Date(Date.UTC(2022, 0, 1 + (claim % 360))).toISOString().slice(0, 10)
    return `C${claim},${10 + (claim % 80)}-0000001,${day},${amount},Dental`
  })
  return folderOf({ 'claims.csv': `claim_id,company_ein,service_date,amount,claim_type\n${rows.join('\n')}\n` })
}

/** The bulk correction with its replay as a person starts it, in a process group of its own. */
function startFix(workspace: string) {
  const edited = ['--replace', edit.field, '--find', edit.find, '--with', edit.with]
  const child = spawn(
    process.execPath,
    ['bin/assay.mjs', 'quarantine', 'fix', ...edited, '--all', '--replay', '--json', '--workspace', workspace],
    { cwd: repository, stdio: 'ignore', detached: true },
  )
  const ended = new Promise<number | null>((resolve) => void child.once('exit', (code) => resolve(code)))
  return { ended, kill: () => process.kill(-(child.pid ?? 0), 'SIGKILL') }
}

/** How far the operation came; throws where only a part of it is there. */
function progressOf(workspace: string): 'nothing' | 'kept' | 'published' {
  const { connection } = openWorkspace(workspace)
  try {
    const numbers = (sql: string) => connection.prepare(sql).pluck().all() as number[]
    const waiting = numbers("SELECT count(*) FROM assay_waiting WHERE state = 'corrected' AND operation_id = 1")
    expect(waiting).toEqual(numbers('SELECT count(*) FROM assay_waiting'))
    const [isPublished] = numbers('SELECT run_id > 1 FROM assay_published')
    const operations = numbers('SELECT rows FROM assay_operation')
    const amendments = numbers('SELECT count(DISTINCT identity) FROM assay_amendment')
    if (operations.length === 0) {
      expect({ amendments, waiting, isPublished }).toEqual({ amendments: [0], waiting: [0], isPublished: 0 })
      return 'nothing'
    }
    expect({ operations, amendments }).toEqual({ operations: [held], amendments: [held] })
    expect(waiting).toEqual([isPublished === 1 ? 0 : held])
    return isPublished === 1 ? 'published' : 'kept'
  } finally {
    connection.close()
  }
}

/** Does what is left to do. */
async function finish(workspace: string, progress: ReturnType<typeof progressOf>): Promise<void> {
  const quarantine = openQuarantine(workspace)
  if (progress === 'nothing') await quarantine.correctAll(edit)
  if (progress !== 'published') await quarantine.replayAll()
  quarantine.close()
}

test(`kill -9 at ${kills} moments of a bulk correction with replay: it is wholly there or not at all`, async () => {
  const made = temporaryFolder()
  await runFeeds({ input: feed(), workspace: made })
  const before = exportPublished(made)
  const copyOfMade = () => {
    const workspace = join(temporaryFolder(), 'workspace')
    cpSync(made, workspace, { recursive: true })
    return workspace
  }
  const reference = copyOfMade()
  const startedAt = performance.now()
  expect(await startFix(reference).ended).toBe(0)
  const milliseconds = performance.now() - startedAt
  expect(progressOf(reference)).toBe('published')
  const after = exportPublished(reference)
  expect(after).not.toEqual(before)

  const nameOf = (tables: Record<string, string>) =>
    isDeepStrictEqual(tables, after) ? 'after' : isDeepStrictEqual(tables, before) ? 'before' : 'neither'
  const seen: string[] = []
  for (let kill = 0; kill < kills; kill += 1) {
    const workspace = copyOfMade()
    const fix = startFix(workspace)
    const code = await Promise.race([fix.ended, sleep((milliseconds * (kill + 0.5)) / kills, 'waited')])
    if (code === 'waited') fix.kill()
    await fix.ended
    // A process that is killed within a call of the system ends with it: a last write may still come.
    while (isWorkspaceLocked(workspace)) await sleep(5)
    const progress = progressOf(workspace)
    expect(nameOf(exportPublished(workspace))).toBe(progress === 'published' ? 'after' : 'before')
    expectOneStateEach(workspace)
    // Before the operation all moments are alike; in the replay none is.
    if (progress === 'kept' || !seen.includes(progress)) {
      await finish(workspace, progress)
      expect(nameOf(exportPublished(workspace)), `finished from ${progress}`).toBe('after')
    }
    seen.push(code === 'waited' ? progress : 'ended')
  }
  expect(seen.filter((progress) => progress !== 'ended').length).toBeGreaterThan(kills / 2)
  expect(seen).toEqual(expect.arrayContaining(['nothing', 'kept']))
  expectOneStateEach(reference)
}, 400_000)
