import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isAlive } from '../../../src/main/hosts/engine/is-alive.ts'
import { assay, bin, olderNode, start } from './assay.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-interrupt-'))
const input = join(folder, 'feeds')
beforeAll(() => assay(['sample', '--claims', '60000', '--seed', '9', '--out', input]))
afterAll(() => rmSync(folder, { recursive: true }))

let workspaces = 0
const newWorkspace = () => join(folder, `workspace-${++workspaces}`)
const runArgs = (workspace: string) => ['run', '--input', input, '--workspace', workspace, '--as-of', '2022-12-31']

/** The process that writes to a workspace, once it does. */
async function writerOf(workspace: string): Promise<number> {
  const holder = join(workspace, 'workspace.lock.json')
  while (!existsSync(holder) || !existsSync(join(workspace, 'workspace.db'))) await sleep(5)
  return (JSON.parse(readFileSync(holder, 'utf8')) as { pid: number }).pid
}

/** Waits until the record has a run. */
async function runBegun(workspace: string): Promise<void> {
  for (;;) {
    await sleep(5)
    const connection = new Database(join(workspace, 'workspace.db'), { readonly: true })
    try {
      if (connection.prepare('SELECT 1 FROM assay_run').get() !== undefined) return
    } catch (error) {
      // Its tables are still being made.
      if (!(error instanceof Database.SqliteError)) throw error
    } finally {
      connection.close()
    }
  }
}

async function statuses(workspace: string): Promise<string[]> {
  const { stdout } = await assay(['runs', 'list', '--workspace', workspace, '--json'])
  return (JSON.parse(stdout) as { status: string }[]).map(({ status }) => status)
}

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  test('cancels the run at once, in the record too', async () => {
    const workspace = newWorkspace()
    const { child, ended } = start([...runArgs(workspace), '--json'])
    const writer = await writerOf(workspace)
    await runBegun(workspace)
    child.kill(signal)
    const { code, stdout, stderr } = await ended
    expect(code).toBe(130)
    expect(JSON.parse(stdout)).toMatchObject({ run_id: 1, status: 'cancelled', error: { code: 'CANCELLED' } })
    expect(stderr).toContain('was cancelled')
    expect(isAlive(writer)).toBe(false)
    expect(await statuses(workspace)).toEqual(['cancelled'])
  })
})

test.skipIf(process.platform === 'win32')(
  'Ctrl-C in a terminal, at any moment from the start on',
  async () => {
    const workspace = newWorkspace()
    for (const milliseconds of [150, 400, 700, 1000]) {
      const { child, ended } = start(runArgs(workspace), { detached: true })
      await sleep(milliseconds)
      // The terminal sends it to every process of the command, also to one that does not listen yet.
      process.kill(-(child.pid ?? 0), 'SIGINT')
      const { code, stderr } = await ended
      // null: Node itself was not yet there.
      if (code !== null)
        expect({ milliseconds, code, stderr }).toMatchObject({
          code: 130,
          stderr: expect.stringContaining('was cancelled'),
        })
      expect(stderr).not.toContain('memory')
    }
  },
  300_000,
)

test.skipIf(process.platform === 'win32')('Ctrl-C right after the start of a replay', async () => {
  // One that is not there would be told of before the signal comes.
  const workspace = newWorkspace()
  expect((await assay(runArgs(workspace))).code).toBe(0)
  const replay = ['quarantine', 'replay', '--workspace', workspace, '--json']
  const { child, ended } = start(replay, { detached: true })
  await sleep(150)
  process.kill(-(child.pid ?? 0), 'SIGINT')
  const { code, stdout } = await ended
  // null: Node itself was not yet there, or the workspace was being opened.
  expect([130, null]).toContain(code)
  if (code !== null) expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CANCELLED' } })
})

test('assay runs cancel ends the run of another process, which says that it was cancelled', async () => {
  const workspace = newWorkspace()
  const { ended } = start(runArgs(workspace))
  const writer = await writerOf(workspace)
  await runBegun(workspace)
  const { code, stdout } = await assay(['runs', 'cancel', '1', '--workspace', workspace, '--json'])
  expect({ code, answer: JSON.parse(stdout) }).toEqual({ code: 0, answer: { run_id: 1, status: 'cancelled' } })
  const run = await ended
  expect(run.code).toBe(130)
  expect(run.stderr).toContain('was cancelled')
  expect(isAlive(writer)).toBe(false)
  expect(await statuses(workspace)).toEqual(['cancelled'])
  const again = await assay(['runs', 'cancel', '1', '--workspace', workspace])
  expect(again.code).toBe(2)
  expect(again.stderr).toContain('Run 1 is not going on here')
})

test('after a cancelled run the next one is published', async () => {
  const workspace = newWorkspace()
  const { child, ended } = start(runArgs(workspace))
  await writerOf(workspace)
  child.kill('SIGINT')
  expect((await ended).code).toBe(130)
  expect((await assay(runArgs(workspace))).code).toBe(0)
  expect(await statuses(workspace)).toEqual(['published', 'cancelled'])
})

test('a run that kill -9 ended is gone on with by --resume, with what it was asked for', async () => {
  const [workspace, out] = [newWorkspace(), join(folder, 'resumed')]
  const { child, ended } = start([...runArgs(workspace), '--export', out])
  const writer = await writerOf(workspace)
  await runBegun(workspace)
  process.kill(writer, 'SIGKILL')
  child.kill('SIGKILL')
  await ended
  const { code, stdout, stderr } = await assay(['run', '--resume', '--workspace', workspace, '--json'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const document = JSON.parse(stdout) as { resumption: string; exports: string[] }
  expect(document).toMatchObject({ status: 'published', as_of: '2022-12-31' })
  expect(document.resumption).toMatch(/resumed/)
  expect(document.exports.length).toBeGreaterThan(0)
  const again = await assay(['run', '--resume', '--workspace', workspace])
  expect(again.code).toBe(2)
  expect(again.stderr).toContain('the last one, was published')
  const both = await assay(['run', '--resume', '--full-refresh', '--workspace', workspace])
  expect(both.code).toBe(2)
})

describe('kill -9 of what started it leaves no process behind:', () => {
  test.skipIf(olderNode === undefined)('the older Node that handed over', async () => {
    const workspace = newWorkspace()
    const { child, ended } = start(runArgs(workspace), { node: olderNode ?? '' })
    const writer = await writerOf(workspace)
    child.kill('SIGKILL')
    await ended
    await expect.poll(() => isAlive(writer), { timeout: 60_000 }).toBe(false)
  })

  test.skipIf(process.platform === 'win32')('the shell of an npm script, and npm above it', async () => {
    for (const killed of ['npm', 'shell']) {
      const workspace = newWorkspace()
      // What npm looks like from below: a process that waits for a shell that waits for the script.
      const script = `"${process.execPath}" "${bin}" ${runArgs(workspace).join(' ')}; true`
      const waits = `require('node:child_process').spawn('sh', ['-c', process.argv[1]], { stdio: 'ignore' })`
      const npm = spawn(process.execPath, ['-e', waits, script], {
        env: { ...process.env, npm_lifecycle_event: 'assay' },
      })
      const writer = await writerOf(workspace)
      const shell = Number(execFileSync('ps', ['-o', 'pid=', '--ppid', String(npm.pid)], { encoding: 'utf8' }))
      process.kill(killed === 'npm' ? (npm.pid ?? 0) : shell, 'SIGKILL')
      await expect.poll(() => isAlive(writer), { timeout: 60_000 }).toBe(false)
      npm.kill('SIGKILL')
    }
  })
})
