import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readFeed } from '../../../src/main/pipeline/reader/read-feed.ts'
import { failureOf, readPath } from './reader-world.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-reader-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a folder is rejected', () => {
  const path = join(folder, 'feed.csv')
  mkdirSync(path)
  const error = failureOf(() => readPath(path, { name: 'feed.csv' }))
  expect(error).toMatchObject({ code: 'FILE_REJECTED', message: 'feed.csv is not a regular file.' })
})

test.skipIf(process.platform === 'win32')('a named pipe is rejected without waiting for it', () => {
  const path = join(folder, 'feed.csv')
  const makePipe = 'mkfifo'
  execFileSync(makePipe, [path])
  expect(failureOf(() => readPath(path, { name: 'feed.csv' })).code).toBe('FILE_REJECTED')
})

test('a file that is not there is trouble of the environment', () => {
  const path = join(folder, 'feed.csv')
  expect(failureOf(() => readPath(path, { name: 'feed.csv' }))).toMatchObject({
    code: 'ENVIRONMENT',
    place: { file: path },
  })
})

// Root may read everything.
test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('a file that may not be read says so', () => {
  const path = join(folder, 'feed.csv')
  writeFileSync(path, 'id,name\n')
  chmodSync(path, 0o000)
  expect(failureOf(() => readPath(path, { name: 'feed.csv' })).code).toBe('PERMISSION')
})

test('a file that changes while it is read is rejected', () => {
  const path = join(folder, 'feed.csv')
  writeFileSync(path, 'id,name\n1,a\n')
  const shape = { columns: ['id', 'name'], required: ['id'], layout: 'records', maxRecordBytes: 100 } as const
  const handlers = { record: () => appendFileSync(path, '2,b\n'), bad: () => {} }
  const error = failureOf(() => readFeed({ path, name: 'feed.csv' }, shape, handlers))
  expect(error).toMatchObject({ code: 'FILE_REJECTED', message: 'feed.csv changed while it was read.' })
})

test('progress goes up to the size of the file', () => {
  const path = join(folder, 'feed.csv')
  writeFileSync(path, `id,name\n${'1,a\n'.repeat(1_000_000)}`)
  const shape = { columns: ['id', 'name'], required: ['id'], layout: 'records', maxRecordBytes: 100 } as const
  const progress: number[] = []
  const handlers = { record: () => {}, bad: () => {}, progress: (bytes: number) => progress.push(bytes) }
  const summary = readFeed({ path, name: 'feed.csv' }, shape, handlers)
  expect(summary.rows).toBe(1_000_000)
  expect(progress.length).toBeGreaterThan(3)
  expect(progress).toEqual(progress.toSorted((one, other) => one - other))
  expect(progress.at(-1)).toBe(summary.bytes)
})
