import { readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { takeFiles } from '../../../src/main/hosts/desktop/take-files.ts'
import { folderOf, readFolder, temporaryFolder } from '../../helpers/feeds.ts'

test('a dropped folder is taken as it is', async () => {
  const folder = folderOf({ 'claims.csv': 'a' })
  expect(await takeFiles(temporaryFolder(), [folder])).toBe(folder)
})

test('dropped files are copied into a fresh folder each time', async () => {
  const workspace = temporaryFolder()
  const dropped = folderOf({ 'claims.csv': 'a', 'plans.csv': 'b' })
  const paths = ['claims.csv', 'plans.csv'].map((name) => join(dropped, name))
  const first = await takeFiles(workspace, paths)
  const second = await takeFiles(workspace, paths)
  expect(first).not.toBe(second)
  expect(dirname(first)).toBe(join(workspace, 'incoming'))
  for (const folder of [first, second]) expect(readFolder(folder)).toEqual({ 'claims.csv': 'a', 'plans.csv': 'b' })
  expect(readFileSync(join(dropped, 'claims.csv'), 'utf8')).toBe('a')
})

test('copies are as old as what was dropped', async () => {
  const claims = join(folderOf({ 'claims.csv': 'a' }), 'claims.csv')
  const written = new Date('2022-11-20T08:30:00Z')
  utimesSync(claims, written, written)
  expect(statSync(join(await takeFiles(temporaryFolder(), [claims]), 'claims.csv')).mtime).toEqual(written)
})

test('what cannot be told apart or is no file is refused before anything is copied', async () => {
  const workspace = temporaryFolder()
  const dropped = folderOf({ 'claims.csv': 'a', 'other/claims.csv': 'b' })
  const claims = join(dropped, 'claims.csv')
  await expect(takeFiles(workspace, [claims, join(dropped, 'other/claims.csv')])).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: 'Two of the files have the name claims.csv.',
  })
  await expect(takeFiles(workspace, [claims, join(dropped, 'other')])).rejects.toMatchObject({
    message: 'other is not a file that can be read.',
  })
  await expect(takeFiles(workspace, [join(dropped, 'gone.csv')])).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  expect(readdirSync(workspace)).toEqual([])
})
