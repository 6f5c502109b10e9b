import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { isAlive } from '../../../src/main/hosts/engine/is-alive.ts'

async function startStuckFamily(): Promise<{ parent: ChildProcess; child: number }> {
  const parent = spawn(process.execPath, [fileURLToPath(new URL('./stuck-parent.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (parent.stdout === null) throw new Error('no stdout')
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string]
  // Its main thread is stuck by then; on a slow machine perhaps not yet, and then what follows still holds.
  await new Promise((resolve) => void setTimeout(resolve, 400))
  return { parent, child: Number(line) }
}

test('a process that is stuck dies with the one that forked it', async () => {
  const { parent, child } = await startStuckFamily()
  expect(isAlive(child)).toBe(true)
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  await expect.poll(() => isAlive(child)).toBe(false)
})

test('a Ctrl-C in the terminal, which reaches every process there, is for the host to decide about', async () => {
  const { parent, child } = await startStuckFamily()
  process.kill(child, 'SIGINT')
  await new Promise((resolve) => void setTimeout(resolve, 200))
  expect(isAlive(child)).toBe(true)
  parent.kill('SIGKILL')
  await expect.poll(() => isAlive(child)).toBe(false)
})

test('a process that was killed and that nobody has asked about yet is not alive', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(child, 'spawn')
  expect(isAlive(process.pid)).toBe(true)
  expect(isAlive(1)).toBe(true)
  process.kill(Number(child.pid), 'SIGKILL')
  // Its end is noticed by the event loop, which does not turn here.
  const cell = new Int32Array(new SharedArrayBuffer(4))
  for (let wait = 0; wait < 6_000 && isAlive(Number(child.pid)); wait += 1) Atomics.wait(cell, 0, 0, 10)
  expect(isAlive(Number(child.pid))).toBe(false)
  await once(child, 'exit')
})
