import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readFolder, repository, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { compareFolders, compareParquetWithCsv } from '../../helpers/tables.ts'

const messy = join(repository, 'test/fixtures/messy')
// Public data that is not ours to ship: it lies beside the checkout on the machines that have it.
const small = resolve(repository, '../shared/data/small')
if (!existsSync(small)) console.warn(`NOT TESTED: the feeds of ${small} are not on this machine.`)

const sets = [{ name: 'messy', folder: messy }, ...(existsSync(small) ? [{ name: 'small', folder: small }] : [])]

describe.each(sets)('the feeds of $name', ({ folder }) => {
  test('give the expected tables and books, twice the same bytes', async () => {
    const workspace = temporaryFolder()
    const exports = temporaryFolder()
    const first = await runFeeds({ input: join(folder, 'input'), workspace, exports })
    expect(first.status).toBe('published')
    expect(compareFolders(join(folder, 'expected'), exports)).toEqual({})
    expect(await compareParquetWithCsv(exports)).toEqual([])
    const { books } = JSON.parse(readFileSync(join(folder, 'expected/books.json'), 'utf8')) as {
      books: Record<string, unknown>
    }
    for (const [source, book] of Object.entries(books))
      expect(first.sources[source], source).toMatchObject(book as Record<string, unknown>)

    const again = temporaryFolder()
    const second = await runFeeds({ input: join(folder, 'input'), workspace, exports: again })
    for (const [source, book] of Object.entries(second.sources)) {
      expect(book, source).toMatchObject({ inserted: 0, updated: 0, released: 0 })
      expect(book.high_water_mark).toBe(first.sources[source]?.high_water_mark)
    }
    expect(readFolder(again)).toEqual(readFolder(exports))
  })
})
