import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { measureRows, type RowsByCompany } from '../../../src/main/pipeline/metric/measure-rows.ts'
import { expectSameMetrics } from '../../helpers/measured.ts'

const flag = fc.constantFrom(null, 0, 1)
const rows = fc.array(fc.record({ company: fc.constantFrom('a', 'b', null), one: flag, other: flag }), {
  maxLength: 60,
})

test('truth values are the same whether counted by what most rows hold or row by row', () => {
  expect.hasAssertions()
  fc.assert(
    fc.property(rows, fc.boolean(), fc.boolean(), (held, isMostlyTrue, hasCompany) => {
      const connection = new Database(':memory:')
      connection.exec('CREATE TABLE held (company TEXT, one INTEGER, other INTEGER)')
      const insert = connection.prepare('INSERT INTO held VALUES (?, ?, ?)')
      const all = isMostlyTrue ? held.map((row) => (row.one === 0 ? { ...row, one: 1 } : row)) : held
      for (const { company, one, other } of all)
        insert.run(company, one === null ? null : BigInt(one), other === null ? null : BigInt(other))
      const rowsByCompany = connection
        .prepare('SELECT company, count(*) FROM held GROUP BY company')
        .raw()
        .all() as unknown as RowsByCompany
      const columns = [
        ...(hasCompany ? [{ name: 'company', type: 'text' } as const] : []),
        { name: 'one', type: 'boolean' } as const,
        { name: 'other', type: 'boolean' } as const,
      ]
      const measured = { relation: 'held', columns, company: 'company' }
      expectSameMetrics(
        measureRows(connection, { ...measured, rowsByCompany }),
        measureRows(connection, { ...measured, rowsByCompany: null }),
      )
      connection.close()
    }),
  )
})
