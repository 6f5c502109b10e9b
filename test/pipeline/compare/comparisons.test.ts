import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { createComparisons } from '../../../src/main/pipeline/compare/comparisons.ts'
import type { ComparisonTask } from '../../../src/main/pipeline/compare/comparison-task.ts'
import { temporaryFolder } from '../../helpers/feeds.ts'

const entry = new URL('../../../src/main/hosts/engine/comparison-thread.ts', import.meta.url)

function opened() {
  const comparisons = createComparisons(entry)
  onTestFinished(comparisons.close)
  const databasePath = join(temporaryFolder(), 'rows.db')
  new Database(databasePath).exec('CREATE TABLE stamp (value); INSERT INTO stamp VALUES (7)').close()
  return { comparisons, databasePath }
}

const numbers = (count: number) =>
  `(WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ${count}) SELECT k, 'x' || k AS c FROM n)`

function taskOf(databasePath: string, change: { rows?: number; sql?: string; stamp?: number } = {}): ComparisonTask {
  const { rows = 10, sql = numbers(rows), stamp = 7 } = change
  return {
    databasePath,
    before: { sql, countSql: null, expectedRows: rows },
    after: { sql: numbers(rows), countSql: null, expectedRows: rows },
    key: [{ name: 'k', type: 'integer' }],
    columns: [{ name: 'c', type: 'text' }],
    stamp: { sql: 'SELECT value FROM stamp', value: stamp },
  }
}

test('a workspace that was written to since the task was made gives a new task', async () => {
  const { comparisons, databasePath } = opened()
  const stamps = [5, 6, 7]
  comparisons.start('a', () => taskOf(databasePath, { stamp: stamps.shift() ?? 0 }))
  expect(await comparisons.done('a')).toMatchObject({ unchanged: 10 })
  expect(stamps).toEqual([])
})

test('one that is going on tells how far it is, and ends at once when it is cancelled', async () => {
  const { comparisons, databasePath } = opened()
  comparisons.start('a', () => taskOf(databasePath, { rows: 30_000_000 }))
  const done = comparisons.done('a').catch((error: unknown) => error)
  await expect.poll(() => comparisons.standing('a').shareDone).toBeGreaterThan(0)
  const { state, shareDone, summary } = comparisons.standing('a')
  expect({ state, summary }).toEqual({ state: 'running', summary: null })
  expect(shareDone).toBeLessThan(1)
  const page = comparisons.page('a', { filter: { class: null, column: null }, offset: 0, limit: 1 })
  comparisons.cancel('a')
  expect(await done).toMatchObject({ code: 'CANCELLED' })
  await expect(page).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(() => comparisons.standing('a')).toThrow('There is no comparison a.')
})

test('one that fails says so, and can be started again', async () => {
  const { comparisons, databasePath } = opened()
  comparisons.start('a', () => taskOf(databasePath, { sql: 'nothing' }))
  await expect(comparisons.done('a')).rejects.toMatchObject({ code: 'INTERNAL' })
  expect(comparisons.standing('a')).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } })
  comparisons.start('a', () => taskOf(databasePath))
  expect(await comparisons.done('a')).toMatchObject({ unchanged: 10 })
})

test('the last four are kept, by when they were last looked at', async () => {
  const { comparisons, databasePath } = opened()
  for (const id of ['a', 'b', 'c', 'd']) {
    comparisons.start(id, () => taskOf(databasePath))
    await comparisons.done(id)
  }
  comparisons.standing('a')
  comparisons.start('e', () => taskOf(databasePath))
  expect(['a', 'b', 'c', 'd', 'e'].filter(comparisons.has)).toEqual(['a', 'c', 'd', 'e'])
})
