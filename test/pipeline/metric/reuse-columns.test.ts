import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRelationMeter, type MeteredColumn } from '../../../src/main/pipeline/metric/measure-relation.ts'
import { findReused, joinReused } from '../../../src/main/pipeline/metric/reuse-columns.ts'
import { expectSameMetrics } from '../../helpers/measured.ts'

const ofTable = [
  { name: 'claim_id', type: 'text' },
  { name: 'company', type: 'text' },
  { name: 'amount', type: 'money' },
] as const
const ofView = [
  { name: 'number', type: 'text' },
  { name: 'doubled', type: 'money' },
  { name: 'company', type: 'text' },
  { name: 'amount', type: 'money' },
] as const

function worldOf(rows: readonly (readonly [string | null, number | null])[]) {
  const connection = new Database(':memory:')
  connection.exec(
    'CREATE TABLE claims (claim_id TEXT, company TEXT, amount INTEGER); CREATE TABLE names (company TEXT)',
  )
  const insert = connection.prepare('INSERT INTO claims VALUES (?, ?, ?)')
  for (const [index, [company, amount]] of rows.entries())
    insert.run(`C${index}`, company, amount === null ? null : BigInt(amount))
  connection.exec("INSERT INTO names VALUES ('a'), ('a')")
  return connection
}

function measure(connection: Database.Database, relation: string, columns: readonly MeteredColumn[]) {
  const meter = createRelationMeter(columns, 'company')
  meter.add(connection, relation, 1)
  return meter.take(() => ({ min: null, max: null }))
}

const shown = '(SELECT claim_id AS number, 2 * amount AS doubled, company, amount FROM claims)'
const tables = new Map([['claims', { table: 'claims', key: ['claim_id'] }]])
const viewOf = (relation: string) => ({ relation, columns: ofView, grain: ['number'] })

test('reused columns with those measured are the metrics of the view', () => {
  const row = fc.tuple(fc.option(fc.constantFrom('a', 'b')), fc.option(fc.integer({ min: -500, max: 500 })))
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
      const connection = worldOf(rows)
      const reused = findReused(connection, viewOf(shown), tables)
      if (reused === null) throw new Error('nothing is reused')
      expect([...reused.origins]).toEqual([
        ['number', 'claim_id'],
        ['company', 'company'],
        ['amount', 'amount'],
      ])
      const rest = ofView.filter(({ name }) => !reused.origins.has(name) || name === 'company')
      const joined = joinReused(
        ofView,
        { measured: measure(connection, 'claims', ofTable), origins: reused.origins },
        measure(connection, shown, rest),
      )
      const anew = measure(connection, shown, ofView)
      expectSameMetrics(joined, anew)
      expect(joined).toEqual(anew)
    }),
  )
})

test('nothing is reused of a view whose rows the key of the table does not name', () => {
  const connection = worldOf([
    ['a', 1],
    ['b', 2],
  ])
  const other = '(SELECT company AS number, amount AS doubled, company, amount FROM claims)'
  expect(findReused(connection, viewOf(other), tables)).toBeNull()
  const made = "(SELECT claim_id || '' AS number, amount AS doubled, company, amount FROM claims)"
  expect(findReused(connection, viewOf(made), tables)).toBeNull()
})
