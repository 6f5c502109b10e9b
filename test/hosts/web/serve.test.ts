import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { isAlive } from '../../../src/main/hosts/engine/is-alive.ts'
import { benefits, folderOf, repository, temporaryFolder } from '../../helpers/feeds.ts'

const entry = join(repository, 'src/main/hosts/web/main.ts')

function serve(workspace: string, env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, [entry, '--project', benefits, '--workspace', workspace], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no stdout')
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  expect(line).toMatch(/^Assay is at http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/)
  return line.slice('Assay is at '.length)
}

/** The processes that a process has started (Linux). */
function childrenOf(pid: number): readonly number[] {
  const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return parents.map(Number).filter((candidate) => {
    try {
      return readFileSync(`/proc/${candidate}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(pid)
    } catch {
      return false
    }
  })
}

test('serve gives its address on stdout and answers there, and its engine ends with it, however it ends', async () => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGKILL'] as const) {
    const child = serve(temporaryFolder())
    const url = await addressOf(child)
    const signedIn = await fetch(url, { redirect: 'manual' })
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
    const page = await fetch(new URL('/', url), { headers: { cookie } })
    expect(await page.text()).toContain('<meta name="csp-nonce"')
    const { origin } = new URL(url)
    const answer = await fetch(new URL('/api/call', url), {
      method: 'POST',
      headers: { cookie, origin, 'content-type': 'application/json' },
      body: JSON.stringify({ method: 'workspace.info', input: {} }),
    })
    expect(await answer.json()).toMatchObject({
      ok: true,
      output: { host: { kind: 'web' }, project: { name: 'benefits' } },
    })

    const engines = childrenOf(Number(child.pid))
    if (process.platform === 'linux') expect(engines).toHaveLength(1)
    child.kill(signal)
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(signal === 'SIGKILL' ? null : 0)
    await expect.poll(() => engines.filter(isAlive)).toEqual([])
  }
})

test('a workspace that cannot be opened ends it with the exit code and the facts, on stderr alone', async () => {
  const workspace = folderOf({ 'workspace.db': '' })
  const child = serve(workspace)
  const said = { out: '', err: '' }
  child.stdout?.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  expect(code).toBe(4)
  expect(said.out).toBe('')
  expect(said.err).toContain(join(workspace, 'workspace.db'))
  expect(said.err).not.toContain('    at ')
})

test('it ends with the command that started it', async () => {
  const starter = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  onTestFinished(() => void starter.kill('SIGKILL'))
  const child = serve(temporaryFolder(), { ASSAY_PARENT: String(starter.pid) })
  await addressOf(child)
  starter.kill('SIGKILL')
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
})
