import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readXlsx } from '../../../src/main/pipeline/reader/xlsx/read-xlsx.ts'
import { writeExport } from '../../../src/main/pipeline/export/write-export.ts'
import { peakOf } from '../../helpers/peak-of.ts'
import { everyType, exported, freshFolder } from './export-world.ts'

function rowsOf(path: string): (string | null | undefined)[][] {
  const rows: (string | null | undefined)[][] = []
  readXlsx(readFileSync(path), { name: 'table.xlsx', path }, ({ cells }) => void rows.push([...cells]))
  return rows
}

describe('XLSX', () => {
  test('every type reads back as the spec says, null is no cell', () => {
    const path = exported(
      everyType,
      [
        ['Ana', 7, 1, 19_358, 1_672_444_800_123, 123_456, -5],
        [null, null, null, null, null, null, 7],
        ['=1', 9_223_372_036_854_775_807n, 0n, -25_567n, -1, -9_007_199_254_740_993n, 10_000n],
        ['001', -3, 0, 376_199, 0n, 50n, 0],
      ],
      'xlsx',
    )
    expect(rowsOf(path)).toEqual([
      ['words', 'count', 'is_good', 'day', 'instant', 'amount', 'share'],
      ['Ana', '7', 'true', '2023-01-01', '2022-12-31T00:00:00.123Z', '1234.56', '-0.05'],
      [undefined, undefined, undefined, undefined, undefined, undefined, '0.07'],
      ['=1', '9223372036854775807', 'false', '1900-01-01', '1969-12-31T23:59:59.999Z', '-90071992547409.93', '100'],
      ['001', '-3', 'false', '2999-12-31', '1970-01-01T00:00:00.000Z', '0.5', '0'],
    ])
  })

  test('numbers are numbers, days are days, the header stays in sight', () => {
    const parts = unzipSync(readFileSync(exported(everyType, [['Ana', 7, 1, 19_358, 0, 123_450, 5]], 'xlsx')))
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    expect(sheet).toContain('<c r="B2" s="4"><v>7</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" s="2"><v>44927</v></c>')
    expect(sheet).toContain('<c r="F2" s="3"><v>1234.50</v></c>')
    expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>')
    expect(sheet).toContain('<c r="A1" s="1" t="inlineStr">')
  })

  test('more rows than a sheet takes, or a longer text than a cell takes, is an error and leaves nothing', () => {
    const folder = freshFolder()
    function* rows(): Generator<readonly unknown[]> {
      for (let row = 0; row < 1_048_576; row += 1) yield [1]
    }
    const write = (values: Iterable<readonly unknown[]>, type: 'integer' | 'text') =>
      writeExport({ folder, name: 'table', columns: [{ name: 'only', type }], rows: values, format: 'xlsx' })
    expect(() => write(rows(), 'integer')).toThrow('There are more rows than a sheet of XLSX takes, which is 1048575.')
    expect(() => write([['x'.repeat(32_768)]], 'text')).toThrow(
      expect.objectContaining({ code: 'USAGE', place: { file: join(folder, 'table.xlsx'), line: 2, field: 'only' } }),
    )
    expect(readdirSync(folder)).toEqual([])
  })

  test('the longest sheet is written in little memory', () => {
    expect(peakOf(join(import.meta.dirname, 'export-peak.ts'), 'xlsx', '1048575')).toBeLessThan(400_000)
  })

  test('a name that no sheet may have is changed, not written', () => {
    const path = exported([{ name: '<a&"b>', type: 'text' }], [['\u0000\r_x0041_\uFFFE']], 'xlsx')
    expect(rowsOf(path)).toEqual([['<a&"b>'], ['\u0000\r_x0041_\uFFFE']])
    expect(readdirSync(dirname(path))).toEqual(['table.xlsx'])
  })
})
