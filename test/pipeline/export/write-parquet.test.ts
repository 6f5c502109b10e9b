import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { describe, expect, test } from 'vitest'
import { formatCell } from '../../../src/main/kernel/format-value.ts'
import { everyType, exported, parseCsv } from './export-world.ts'

const rows: readonly (readonly unknown[])[] = [
  ['=cmd()|x', 7, 1, 19_358, 1_672_444_800_123, 123_456, -5],
  [null, null, null, null, null, null, null],
  ['', -9_223_372_036_854_775_808n, 0n, -25_567n, -1, -7, 0n],
  ['Zoë "Z", 日本 🎈\n', 9_223_372_036_854_775_807n, 0, 375_936, 0n, 999_999_999_999_999_999n, 10_000n],
]

async function duckdb(sql: string): Promise<(string | null)[][]> {
  const connection = await (await DuckDBInstance.create()).connect()
  const result = await connection.runAndReadAll(sql)
  return result.getRows().map((row) => row.map((value) => (value === null ? null : String(value))))
}

describe('Parquet', () => {
  test('is typed', async () => {
    const path = exported(everyType, rows, 'parquet')
    const described = await duckdb(`DESCRIBE SELECT * FROM read_parquet('${path}')`)
    expect(described.map(([name, type, nullable]) => [name, type, nullable])).toEqual([
      ['words', 'VARCHAR', 'YES'],
      ['count', 'BIGINT', 'YES'],
      ['is_good', 'BOOLEAN', 'YES'],
      ['day', 'DATE', 'YES'],
      ['instant', 'VARCHAR', 'YES'],
      ['amount', 'DECIMAL(18,2)', 'YES'],
      ['share', 'DECIMAL(18,2)', 'YES'],
    ])
  })

  test('holds what the CSV holds, with texts as they are', async () => {
    const read = await duckdb(`SELECT * FROM read_parquet('${exported(everyType, rows, 'parquet')}')`)
    expect(read).toEqual(rows.map((row) => row.map((value, index) => formatCell(everyType[index]!.type, value))))
    const csv = parseCsv(readFileSync(exported(everyType, rows), 'utf8')).slice(1)
    expect(
      read.map((row) => row.map((cell, index) => (index === 0 && cell?.startsWith('=') ? `'${cell}` : (cell ?? '')))),
    ).toEqual(csv)
  })

  test('is read by its own family of readers too', async () => {
    const file = await asyncBufferFromFile(exported(everyType, rows, 'parquet'))
    const objects = await parquetReadObjects({ file })
    expect(objects).toHaveLength(4)
    expect(objects[0]).toMatchObject({
      words: '=cmd()|x',
      count: 7n,
      is_good: true,
      day: new Date('2023-01-01'),
      amount: 1234.56,
      share: -0.05,
    })
    expect(Object.values(objects[1] ?? {})).toEqual(Array(7).fill(null))
  })

  test('an empty table has its columns and no rows', async () => {
    const path = exported(everyType, [], 'parquet')
    expect(await duckdb(`SELECT count(*) FROM read_parquet('${path}')`)).toEqual([['0']])
    expect(await duckdb(`DESCRIBE SELECT * FROM read_parquet('${path}')`)).toHaveLength(7)
  })

  test('any rows read back equal', async () => {
    const integer = fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))
    const cents = fc.option(fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }))
    const row = fc.tuple(
      fc.option(fc.string({ unit: 'grapheme' })),
      integer,
      fc.option(fc.constantFrom(0, 1)),
      fc.option(fc.integer({ min: -25_567, max: 376_199 })),
      fc.option(fc.integer({ min: -2_208_988_800_000, max: 32_503_679_999_999 })),
      cents,
      cents,
    )
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (generated) => {
        const read = await duckdb(`SELECT * FROM read_parquet('${exported(everyType, generated, 'parquet')}')`)
        expect(read).toEqual(
          generated.map((cells) => cells.map((value, index) => formatCell(everyType[index]!.type, value))),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('many row groups and long texts keep every row in order', async () => {
    const long = 'x'.repeat(100_000)
    function* many(): Generator<readonly unknown[]> {
      for (let number = 0; number < 40_000; number += 1)
        yield [number % 100 === 0 ? long : `n${number}`, number, 1, number, number, number, number]
    }
    const path = exported(everyType, many(), 'parquet')
    expect(
      await duckdb(`SELECT count(*), sum(count), sum(length(words)) > 40000000 FROM read_parquet('${path}')`),
    ).toEqual([['40000', '799980000', 'true']])
    expect(await duckdb(`SELECT count(DISTINCT row_group_id) > 2 FROM parquet_metadata('${path}')`)).toEqual([['true']])
    expect(
      await duckdb(`SELECT count(*) FROM read_parquet('${path}', file_row_number=true) WHERE file_row_number <> count`),
    ).toEqual([['0']])
  })
})
