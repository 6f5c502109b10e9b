import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { start } from '../assay.ts'
import { openSession } from './session.ts'

const { workspace, json, rows } = openSession(20_000)

test('Ctrl-C cancels a replay; the operation before it is kept and waits', async () => {
  const args = ['quarantine', 'discard', '--source', 'claims', '--reason', 'none of use', '--replay', '--json']
  const { child, ended } = start([...args, '--workspace', workspace])
  while (!existsSync(join(workspace, 'workspace.lock.json')) && child.exitCode === null) await sleep(2)
  child.kill('SIGINT')
  const { code, stdout, stderr } = await ended
  expect(code).toBe(130)
  const document = JSON.parse(stdout) as { rows: number }
  expect(document).toMatchObject({ operation_id: 1, error: { code: 'CANCELLED' } })
  expect(stderr).toContain('Operation 1 is kept and waits for a replay.')
  expect(await rows('--waiting')).toHaveLength(document.rows)

  expect(await json('replay')).toMatchObject({ run: { status: 'published' } })
  expect(await rows('--waiting')).toEqual([])
  expect(await rows('--state', 'discarded')).toHaveLength(document.rows)
})
