import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, test } from 'vitest'
import { assay, olderNode, start } from './assay.ts'
import type { Started } from './assay.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-serve-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function addressOf({ child }: Started): Promise<string> {
  for await (const line of createInterface({ input: child.stdout }))
    if (line.startsWith('Assay is at ')) return line.slice('Assay is at '.length)
  throw new Error('it ended before it gave its address')
}

async function answers(address: string): Promise<boolean> {
  return fetch(address, { redirect: 'manual' }).then(
    ({ status }) => status === 303,
    () => false,
  )
}

// As `npm start` does it, on a machine without a display.
const withoutDisplay = { DISPLAY: undefined, WAYLAND_DISPLAY: undefined }

test.each([
  ['serve', {}],
  ['open', withoutDisplay],
])('%s prints its address and answers there until it is stopped', async (command, env) => {
  const started = start([command, '--workspace', join(folder, command)], { env })
  const address = await addressOf(started)
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=\S{43}$/)
  expect(await answers(address)).toBe(true)
  started.child.kill('SIGTERM')
  expect((await started.ended).code).toBe(0)
  expect(await answers(address)).toBe(false)
})

const starters = { 'the command': process.execPath, ...(olderNode && { 'the older Node that handed over': olderNode }) }

test.each(Object.entries(starters))('serve ends when %s is killed', async (_starter, node) => {
  const started = start(['serve', '--workspace', join(folder, 'killed')], { node })
  const address = await addressOf(started)
  started.child.kill('SIGKILL')
  await started.ended
  await expect.poll(() => answers(address)).toBe(false)
})

test('serve says what is wrong and ends with its code', async () => {
  const { code, stdout, stderr } = await assay(['serve', '--workspace', join(folder, 'x'), '--project', folder])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(folder)
})
