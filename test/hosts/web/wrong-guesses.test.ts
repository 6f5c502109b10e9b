import { resolve } from 'node:path'
import { expect, test, vi } from 'vitest'
import { startWebHost } from '../../../src/main/hosts/web/start-web-host.ts'
import { createSampleService } from '../../protocol/sample-feature.ts'

const waits: { readonly milliseconds: number; readonly end: () => void }[] = []

// The clock of the host is ours: a wait ends when the test says so.
vi.mock('node:timers/promises', () => ({
  setTimeout: (milliseconds: number) => new Promise<void>((end) => void waits.push({ milliseconds, end })),
}))

test('after ten wrong guesses each takes a second, and who is signed in does not wait', async () => {
  const rendererFolder = resolve(import.meta.dirname, 'page')
  const host = await startWebHost({ endpoint: createSampleService(), rendererFolder, port: 0 })
  try {
    const guess = () => fetch(`http://127.0.0.1:${host.port}/?token=wrong`).then(({ status }) => status)
    for (let guesses = 0; guesses < 10; guesses += 1) expect(await guess()).toBe(401)
    expect(waits).toEqual([])
    const slow = guess()
    await expect.poll(() => waits.map(({ milliseconds }) => milliseconds)).toEqual([1_000])
    // It still waits, and others are answered meanwhile.
    expect((await fetch(host.url, { redirect: 'manual' })).status).toBe(303)
    expect(await Promise.race([slow, Promise.resolve('waits')])).toBe('waits')
    waits[0]?.end()
    expect(await slow).toBe(401)
  } finally {
    await host.close()
  }
})
