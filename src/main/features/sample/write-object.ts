import { join } from 'node:path'
import { discardAside } from '../../pipeline/export/aside-file.ts'
import { exportError } from '../../pipeline/export/export-error.ts'
import { newDraws } from './draws.ts'
import { putText, closeFeedFile, openFeedFile, type FeedFile } from './feed-file.ts'
import { readColumn } from './read-column.ts'
import type { ObjectSpec } from './sample-schema.ts'
import { fillRow, type SampleWorld } from './sample-table.ts'
import type { Value } from './value-type.ts'
import type { WrittenFile } from './write-feed.ts'

/** Writes a file that is one JSON object: a key and what belongs to it for each row that has the key. */
export function writeObject(world: SampleWorld, name: string, given: ObjectSpec, out: string): WrittenFile {
  const table = world.tables.get(given.table)
  if (!table) throw new Error(`there is no table ${given.table}`)
  const read = (path: string): ((row: readonly Value[]) => Value) => readColumn(world, table, path).read
  const key = read(given.key)
  const value = given.value === undefined ? null : read(given.value)
  const values = Object.entries(given.values ?? {}).map(([field, path]) => [field, read(path)] as const)
  const path = join(out, name)
  let file: FeedFile | null = null
  let rows = 0
  try {
    file = openFeedFile(path, 'utf-8')
    const row: Value[] = []
    const draws = newDraws()
    for (let index = 0; index < table.rows; index += 1) {
      fillRow(table, row, index, draws)
      if (key(row) === null) continue
      const held = value ? value(row) : Object.fromEntries(values.map(([field, of]) => [field, of(row)]))
      putText(file, `${rows === 0 ? '{\n' : ',\n'}  ${JSON.stringify(key(row))}: ${JSON.stringify(held)}`)
      rows += 1
    }
    putText(file, rows === 0 ? '{}\n' : '\n}\n')
    closeFeedFile(file)
    return { path, rows }
  } catch (error) {
    if (file) discardAside(file.file)
    throw exportError(error, path)
  }
}
