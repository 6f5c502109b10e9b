import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { zipSync } from 'fflate'
import { readXlsx } from '../../../src/main/pipeline/reader/xlsx/read-xlsx.ts'

export type PeopleFormat = 'csv' | 'xlsx'

/** The cells of a file that was sent, its header first. */
export function sentCells(path: string): string[][] {
  const bytes = readFileSync(path)
  if (path.endsWith('.csv')) return csvCells(bytes.toString().slice(1))
  const rows: string[][] = []
  readXlsx(
    bytes,
    { name: basename(path), path },
    ({ cells }) => void rows.push(Array.from(cells, (cell) => cell ?? '')),
  )
  return rows
}

/** A plain reader of CSV with lines that end in CR LF, as they are sent. */
function csvCells(text: string): string[][] {
  const delimiter = /^[^\r]*?([,;|\t])/.exec(text)?.[1] ?? ','
  const rows: string[][] = [[]]
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        if (text[at] === '"') at += 1
        cell += text[at]
      }
      at += 1
    } else for (; text[at] !== delimiter && text[at] !== '\r'; at += 1) cell += text[at]
    rows.at(-1)?.push(cell)
    if (text[at] === delimiter) at += 1
    else {
      at += 2
      rows.push([])
    }
  }
  return rows.slice(0, -1)
}

/** The bytes of a file that a person saved, as base64: CSV as it was sent, XLSX with shared strings as spreadsheets write it. */
export function saved(format: PeopleFormat, rows: readonly (readonly string[])[]): string {
  return (format === 'csv' ? savedCsv(rows) : savedXlsx(rows)).toString('base64')
}

function savedCsv(rows: readonly (readonly string[])[]): Buffer {
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')
  return Buffer.from(`${rows.map(line).join('\n')}\n`)
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

/** Writes characters that XML has no place for by their numbers, and a carriage return as an entity. */
function xml(text: string): string {
  return text
    .replaceAll(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, (character) =>
      character === '\n' || character === '\t' || /[\x7f-\x9f]/.test(character)
        ? character
        : `_x${character.charCodeAt(0).toString(16).padStart(4, '0')}_`,
    )
    .replaceAll('_x000d_', '&#13;')
}

function savedXlsx(rows: readonly (readonly string[])[]): Buffer {
  const strings = [...new Set(rows.flat())]
  const place = new Map(strings.map((text, index) => [text, index]))
  const cells = rows.map(
    (row, index) =>
      `<row r="${index + 1}">${row.map((text) => (text === '' ? '<c s="0"/>' : `<c t="s"><v>${place.get(text)}</v></c>`)).join('')}</row>`,
  )
  return workbookOf({
    sheet: cells.join(''),
    strings: strings.map((text) => `<si><t xml:space="preserve">${xml(text)}</t></si>`).join(''),
  })
}

/** A workbook of one sheet, packed by hand. */
export function workbookOf(parts: {
  readonly sheet: string
  readonly strings?: string
  readonly formats?: string
  readonly styles?: string
  readonly properties?: string
}): Buffer {
  const files = {
    'xl/workbook.xml': `<workbook ${main} xmlns:r="http://r">${parts.properties ?? ''}<sheets><sheet name="One" sheetId="1" r:id="rId7"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId7" Target="/xl/worksheets/sheet9.xml"/></Relationships>',
    'xl/worksheets/sheet9.xml': `<worksheet ${main}><sheetData>${parts.sheet}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst ${main}>${parts.strings ?? ''}</sst>`,
    'xl/styles.xml': `<styleSheet ${main}><numFmts>${parts.formats ?? ''}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${parts.styles ?? '<xf/>'}</cellXfs></styleSheet>`,
  }
  return Buffer.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]))),
  )
}
