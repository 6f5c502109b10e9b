import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createModelCompiler } from '../../../src/main/pipeline/model/compile-model.ts'
import { loadProject } from '../../../src/main/pipeline/project/load-project.ts'
import { stagedTableOf } from '../../../src/main/pipeline/staging/staged-table.ts'
import { ensureVersionedTable, isLiving } from '../../../src/main/store/versioned-table.ts'
import { benefits } from '../../helpers/feeds.ts'

/** The value at rank ceil(quarters / 4 x n), as the rules have it, with whole numbers alone. */
function valueAt(amounts: readonly number[], quarters: number): number | undefined {
  return amounts.toSorted((a, b) => a - b)[Math.ceil((quarters * amounts.length) / 4) - 1]
}

/** So many amounts, most of them several times. */
function amountsOf(count: number): readonly number[] {
  return Array.from({ length: count }, (_, row) => (row === 5 ? 2 ** 50 + 1 : 100 + ((row * 7919 + count * 31) % 23)))
}

test('the quartiles of a claim type are the values at ranks ceil(p x n), for every n, with ties and large amounts', () => {
  const project = loadProject(benefits)
  const contract = project.contracts.get('claims')
  const model = project.models.get('int_claim_type_fence')
  if (contract === undefined || model === undefined) throw new Error('the project has no claims')
  const connection = new Database(':memory:')
  ensureVersionedTable(connection, stagedTableOf(contract).table)
  const insert = connection.prepare(
    'INSERT INTO staged_claims (from_run, claim_id, claim_type, amount) VALUES (1, ?, ?, ?)',
  )
  const types = Array.from({ length: 60 }, (_, index) => {
    const amounts = amountsOf(index + 1)
    for (const [row, amount] of amounts.entries())
      insert.run(`${index}-${row}`, `type ${String(index).padStart(2, '0')}`, amount)
    const first = valueAt(amounts, 1) ?? 0
    const third = valueAt(amounts, 3) ?? 0
    return [first, third, amounts.length >= 8 ? third + 3 * (third - first) : null]
  })
  const select = createModelCompiler(project, { condition: isLiving, asOf: 0 }).select(model)
  const found = connection
    .prepare(`SELECT first_quartile, third_quartile, upper_fence FROM (${select}) ORDER BY claim_type`)
    .raw()
    .all()
  expect(found).toEqual(types)
})
