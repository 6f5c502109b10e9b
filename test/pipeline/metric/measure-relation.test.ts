import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRelationMeter, type MeasuredRelation } from '../../../src/main/pipeline/metric/measure-relation.ts'
import { packDetail, packSample, unpackDetail, unpackSample } from '../../../src/main/pipeline/metric/pack-detail.ts'
import { expectSameMetrics } from '../../helpers/measured.ts'

const columns = [
  { name: 'company', type: 'text' },
  { name: 'amount', type: 'money' },
  { name: 'day', type: 'date' },
  { name: 'is_paid', type: 'boolean' },
  { name: 'key', type: 'text' },
] as const
type Row = readonly (string | number | null)[]

const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 6 })
const row: fc.Arbitrary<Row> = fc.tuple(
  orNull(fc.constantFrom('a', 'b', 'ccc')),
  orNull(fc.oneof(fc.integer({ min: -80, max: 80 }), fc.integer({ min: -1e9, max: 1e9 }))),
  orNull(fc.integer({ min: 18_000, max: 18_400 })),
  orNull(fc.constantFrom(0, 1)),
  orNull(fc.nat(5_000).map((number) => `K${number}`)),
)

function withRows(added: readonly Row[], closed: readonly Row[], all: readonly Row[]) {
  const connection = new Database(':memory:')
  for (const [table, rows] of Object.entries({ added, closed, whole: all })) {
    connection.exec(`CREATE TABLE "${table}" (company TEXT, amount INTEGER, day INTEGER, is_paid INTEGER, key TEXT)`)
    const insert = connection.prepare(`INSERT INTO "${table}" VALUES (?, ?, ?, ?, ?)`)
    for (const one of rows) insert.run(one.map((value) => (typeof value === 'number' ? BigInt(value) : value)))
  }
  return connection
}

const none = () => ({ min: null, max: null })

function anew(connection: Database.Database, table: string): MeasuredRelation {
  const meter = createRelationMeter(columns, 'company')
  meter.add(connection, table, 1)
  return meter.take(none)
}

/** As it comes out of the workspace. */
function kept(measured: MeasuredRelation): MeasuredRelation {
  return {
    ...measured,
    columns: measured.columns.map(({ metric, sample }) => ({
      metric: { ...metric, detail: unpackDetail(packDetail(metric.detail)) },
      sample: unpackSample(packSample(sample)),
    })),
    companies: new Map([...measured.companies].map(([company, measures]) => [company, [...measures]])),
  }
}

function bring(start: MeasuredRelation, connection: Database.Database): MeasuredRelation {
  const meter = createRelationMeter(columns, 'company', start)
  meter.add(connection, 'added', 1)
  meter.add(connection, 'closed', -1)
  return meter.take(
    (column) =>
      connection.prepare(`SELECT min("${column}") AS min, max("${column}") AS max FROM whole`).get() as ReturnType<
        typeof none
      >,
  )
}

function check(steps: readonly { readonly added: readonly Row[]; readonly taken: readonly number[] }[]): void {
  let rows: readonly Row[] = []
  let measured: MeasuredRelation | undefined
  for (const { added, taken } of steps) {
    const places = new Set(taken.map((place) => place % Math.max(rows.length, 1)))
    const closed = rows.filter((_, place) => places.has(place))
    const left = [...rows.filter((_, place) => !places.has(place)), ...added]
    const connection = withRows(added, closed, left)
    const whole = anew(connection, 'whole')
    measured = measured === undefined ? whole : bring(kept(measured), connection)
    expectSameMetrics(measured, whole)
    connection.close()
    rows = left
  }
}

const taken = fc.array(fc.nat(), { maxLength: 12 })

test('metrics brought forward from step to step are those measured anew', () => {
  expect.hasAssertions()
  const step = fc.record({ added: fc.array(row, { maxLength: 12 }), taken })
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 6 }), (steps) => {
      check(steps)
    }),
  )
})

test('also where values are too many to count each, and the least and the greatest go', () => {
  expect.hasAssertions()
  const many = fc.noShrink(fc.array(row, { minLength: 2_500, maxLength: 2_500, size: 'max' }))
  const outlier: Row = ['z', -5_000_000_000, 30_000, 1, 'a rather long key']
  fc.assert(
    fc.property(many, fc.array(row, { maxLength: 300 }), taken, (first, second, some) => {
      check([
        { added: [outlier, ...first], taken: [] },
        { added: second, taken: [0, ...some] },
        { added: [outlier], taken: [...some, 3, 4, 5] },
        { added: [], taken: Array.from({ length: 2_000 }, (_, place) => place) },
      ])
    }),
    { numRuns: 6 },
  )
})

test('rows are counted also where no column is measured', () => {
  const connection = withRows([], [], [['a', 1, 18_000, 0, 'x']])
  const meter = createRelationMeter([], null)
  meter.add(connection, 'whole', 1)
  expect(meter.take(none)).toEqual({ rows: 1, columns: [], companies: new Map() })
})

test('a company whose rows all went is none', () => {
  const rows: readonly Row[] = [['a', 1, 18_000, 0, 'x']]
  const connection = withRows([], rows, rows)
  const measured = bring(anew(connection, 'whole'), connection)
  expect(measured.rows).toBe(0)
  expect([...measured.companies]).toEqual([])
  expect(measured.columns.map(({ metric }) => [metric.min, metric.max, metric.sum])).toEqual(
    columns.map(() => [null, null, null]),
  )
})
