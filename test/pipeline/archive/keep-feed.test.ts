import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { feedPath, keepFeed } from '../../../src/main/pipeline/archive/keep-feed.ts'
import { folderOf, temporaryFolder } from '../../helpers/feeds.ts'
import { sha256Of } from './archive-world.ts'

const content = 'claim_id,amount\nC1,5.00\n'
const sha256 = sha256Of(content)

function delivered(text = content) {
  return { path: join(folderOf({ 'claims.csv': text }), 'claims.csv'), name: 'claims.csv' }
}

test('a kept feed has the bytes that were delivered, for its owner alone, and nothing lies beside it', () => {
  const workspace = temporaryFolder()
  const file = delivered()
  chmodSync(file.path, 0o444)
  keepFeed(workspace, file, sha256)
  expect(readFileSync(feedPath(workspace, sha256), 'utf8')).toBe(content)
  expect(readdirSync(join(workspace, 'feeds'))).toEqual([sha256])
  expect(statSync(feedPath(workspace, sha256)).mode & 0o777).toBe(0o600)
  expect(statSync(join(workspace, 'feeds')).mode & 0o777).toBe(0o700)
})

test('what is kept already is not copied again, whatever became of the delivered file', () => {
  const workspace = temporaryFolder()
  const file = delivered()
  keepFeed(workspace, file, sha256)
  const before = statSync(feedPath(workspace, sha256)).mtimeMs
  rmSync(file.path)
  keepFeed(workspace, file, sha256)
  expect(statSync(feedPath(workspace, sha256)).mtimeMs).toBe(before)
})

test('what an earlier crash left aside, even a link to elsewhere, does not matter', () => {
  const workspace = temporaryFolder()
  const elsewhere = join(folderOf({ 'other.txt': 'other' }), 'other.txt')
  mkdirSync(join(workspace, 'feeds'))
  symlinkSync(elsewhere, join(workspace, 'feeds', `${sha256}.partial`))
  keepFeed(workspace, delivered(), sha256)
  expect(readFileSync(elsewhere, 'utf8')).toBe('other')
  expect(readdirSync(join(workspace, 'feeds'))).toEqual([sha256])
})

test.each([
  ['changed', (path: string) => writeFileSync(path, `${content}C2,6.00\n`)],
  ['vanished', (path: string) => rmSync(path)],
])('a file that %s after it was read is refused and not kept', (_, change) => {
  const workspace = temporaryFolder()
  const file = delivered()
  change(file.path)
  expect(() => keepFeed(workspace, file, sha256)).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      message: 'claims.csv changed while it was read.',
      hint: expect.stringContaining('again') as string,
    }),
  )
  expect(readdirSync(join(workspace, 'feeds'))).toEqual([])
})

test('an archive that cannot be written is told as a matter of the disk, not of the feed', () => {
  const workspace = folderOf({ feeds: 'a file where the folder should be' })
  expect(() => keepFeed(workspace, delivered(), sha256)).toThrow(
    expect.objectContaining({ name: 'AppError', code: 'ENVIRONMENT' }),
  )
})
