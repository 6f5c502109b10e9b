import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readXlsx } from '../../../src/main/pipeline/reader/xlsx/read-xlsx.ts'
import { workbookOf } from '../../features/quarantine/mended-world.ts'

const file = { name: 'their.xlsx', path: 'their.xlsx' }

function rowsOf(bytes: Buffer) {
  const rows: { line: number; cells: readonly (string | null | undefined)[] }[] = []
  readXlsx(bytes, file, ({ line, cells }) => void rows.push({ line, cells }))
  return rows
}

const row = (cells: string) => `<row r="3">${cells}</row>`
const number = (value: string, style = 0) => row(`<c r="A3" s="${style}"><v>${value}</v></c>`)
const styles =
  '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="22"/><xf numFmtId="46"/>'
const formats =
  '<numFmt numFmtId="170" formatCode="[$-409]d/mmm/yyyy;@"/><numFmt numFmtId="171" formatCode="&quot;day&quot;0.00\\d"/>'

describe('cells of XLSX', () => {
  test.each([
    ['12.5', 0, '12.5'],
    ['1.1000000000000001', 0, '1.1'],
    ['123456789', 0, '123456789'],
    ['44746', 1, '2022-07-04'],
    ['44746', 2, '2022-07-04'],
    ['44746', 3, '44746'],
    ['44746.5', 4, '2022-07-04T12:00:00'],
    ['44746.999988425923', 1, '2022-07-04T23:59:59'],
    ['1', 1, '1900-01-01'],
    ['59', 1, '1900-02-28'],
    ['61', 1, '1900-03-01'],
    ['0.5', 1, '0.5'],
    ['-1', 1, '-1'],
    ['2958465', 1, '9999-12-31'],
    ['2958466', 1, '2958466'],
    ['0.5', 5, '0.5'],
  ])('the number %s in style %i reads %j', (value, style, text) => {
    expect(rowsOf(workbookOf({ sheet: number(value, style), styles, formats }))).toEqual([{ line: 3, cells: [text] }])
  })

  test('days counted from 1904', () => {
    const properties = '<workbookPr date1904="1"/>'
    expect(rowsOf(workbookOf({ sheet: number('43284', 1), styles, properties }))[0]?.cells).toEqual(['2022-07-04'])
  })

  test('texts of every kind, truths and errors, at their places', () => {
    const strings =
      '<si><t>plain</t></si><si><r><t>in </t></r><r><t xml:space="preserve"> runs</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si>'
    const sheet = row(
      [
        '<c r="A3" t="s"><v>0</v></c>',
        '<c r="C3" t="s"><v>1</v></c>',
        '<c t="s"><v>2</v></c>',
        '<c r="E3" t="str"><f>1+1</f><v>2</v></c>',
        '<c r="F3" t="b"><v>1</v></c>',
        '<c r="G3" t="e"><v>#N/A</v></c>',
        '<c r="H3" t="inlineStr"><is><t>&lt;in&gt;</t></is></c>',
        '<c r="I3"/>',
        '<c r="AA3" t="inlineStr"><is><t>far</t></is></c>',
      ].join(''),
    )
    const cells = rowsOf(workbookOf({ sheet, strings }))[0]?.cells ?? []
    expect(cells.slice(0, 9)).toEqual([
      'plain',
      undefined,
      'in  runs',
      'a\rb_x0041_',
      '2',
      'true',
      '#N/A',
      '<in>',
      null,
    ])
    expect(cells[26]).toBe('far')
  })

  test.each([
    ['is no archive', Buffer.from('PK\u0003\u0004')],
    ['has no workbook', Buffer.from(zipSync({ 'word/document.xml': Buffer.from('<a/>') }))],
    ['has broken XML', workbookOf({ sheet: '<row><c>' })],
    ['has entities of its own', workbookOf({ sheet: row('<c r="A3"><v>&mine;</v></c>') })],
  ])('a file that %s is refused', (_, bytes) => {
    expect(() => rowsOf(bytes)).toThrow(
      expect.objectContaining({ code: 'FILE_REJECTED', message: 'their.xlsx is no XLSX file that can be read.' }),
    )
  })

  test('a small file that unpacks to more than memory holds is refused before it is unpacked', () => {
    const bytes = Buffer.from(
      zipSync({ 'xl/workbook.xml': Buffer.from('<a/>'), 'xl/sharedStrings.xml': Buffer.alloc(1024) }, { level: 9 }),
    )
    // The size that the directory gives for the second part.
    const directory = bytes.lastIndexOf(Buffer.from('PK\u0001\u0002'))
    bytes.writeUInt32LE(0xf000_0000, directory + 24)
    expect(() => rowsOf(bytes)).toThrow(/more than 400 MB/)
  })
})
