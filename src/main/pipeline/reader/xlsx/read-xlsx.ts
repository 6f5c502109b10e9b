import { columnName } from '../column-name.ts'
import type { FeedFile } from '../feed-types.ts'
import { dayText, showsDays } from './cell-dates.ts'
import { openWorkbook, readPart, type WorkbookParts } from './open-workbook.ts'

/** A row of a sheet as texts, by the place of the column. */
export interface SheetRow {
  readonly sheet: string
  /** From 1. */
  readonly line: number
  readonly cells: readonly (string | null | undefined)[]
}

/** Reads the rows of all sheets of an XLSX file as texts: days as ISO 8601, numbers as they are, formulas by their value. */
export function readXlsx(bytes: Uint8Array, file: FeedFile, take: (row: SheetRow) => void): void {
  const parts = openWorkbook(bytes, file)
  const { sheets, isFrom1904 } = readSheets(file, parts)
  const strings = readStrings(file, parts)
  const isDay = readDayStyles(file, parts)
  const textOf = (type: string, style: number, value: string, inline: string): string | null => {
    if (type === 's') return strings[Number(value)] ?? null
    if (type === 'inlineStr') return inline
    if (type === 'b') return value === '1' ? 'true' : 'false'
    if (type === 'str' || type === 'e') return unescapeText(value)
    const number = Number(value)
    if (value.trim() === '' || !Number.isFinite(number)) return value
    return (isDay[style] === true ? dayText(number, isFrom1904) : null) ?? String(number)
  }
  for (const { name, part } of sheets) readSheet(file, name, parts.get(part) ?? '<none/>', textOf, take)
}

function readSheet(
  file: FeedFile,
  sheet: string,
  xml: string,
  textOf: (type: string, style: number, value: string, inline: string) => string | null,
  take: (row: SheetRow) => void,
): void {
  let line = 0
  let cells: (string | null | undefined)[] = []
  let column = -1
  let type = ''
  let style = 0
  let value = ''
  let inline = ''
  let into: 'value' | 'inline' | null = null
  let isPhonetic = false
  readPart(file, xml, {
    open(name, attributes) {
      if (name === 'row') {
        line = attributes['r'] === undefined ? line + 1 : Number(attributes['r'])
        cells = []
        column = -1
      } else if (name === 'c') {
        column = attributes['r'] === undefined ? column + 1 : columnIndex(attributes['r'])
        type = attributes['t'] ?? 'n'
        style = Number(attributes['s'] ?? 0)
        value = ''
        inline = ''
      } else if (name === 'rPh') isPhonetic = true
      else if (name === 'v') into = 'value'
      else if (name === 't' && !isPhonetic) into = 'inline'
    },
    text(text) {
      if (into === 'value') value += text
      else if (into === 'inline') inline += text
    },
    close(name) {
      if (name === 'v' || name === 't') into = null
      else if (name === 'rPh') isPhonetic = false
      else if (name === 'c') {
        const isEmpty = type === 'inlineStr' ? inline === '' : value === ''
        cells[column] = isEmpty ? null : textOf(type, style, value, unescapeText(inline))
      } else if (name === 'row') take({ sheet, line, cells })
    },
  })
}

/** The column of a reference such as `AB12`, from 0. */
function columnIndex(reference: string): number {
  let index = 0
  for (const letter of reference) {
    const digit = letter.charCodeAt(0) - 64
    if (digit < 1 || digit > 26) break
    index = index * 26 + digit
  }
  return index - 1
}

function readSheets(file: FeedFile, parts: WorkbookParts) {
  const targets = new Map<string, string>()
  readPart(file, parts.get('xl/_rels/workbook.xml.rels') ?? '<none/>', {
    open(name, { Id: id = '', Target: target = '' }) {
      if (name !== 'Relationship') return
      targets.set(id, (target.startsWith('/') ? target.slice(1) : `xl/${target}`).toLowerCase())
    },
  })
  const sheets: { readonly name: string; readonly part: string }[] = []
  let isFrom1904 = false
  readPart(file, parts.get('xl/workbook.xml') ?? '<none/>', {
    open(name, attributes) {
      if (name === 'workbookPr') isFrom1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
      if (name !== 'sheet') return
      const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? ''
      sheets.push({ name: attributes['name'] ?? '', part: targets.get(relation) ?? '' })
    },
  })
  return { sheets, isFrom1904 }
}

function readStrings(file: FeedFile, parts: WorkbookParts): readonly string[] {
  const strings: string[] = []
  let text = ''
  let isText = false
  let isPhonetic = false
  readPart(file, parts.get('xl/sharedstrings.xml') ?? '<none/>', {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') isPhonetic = true
      else if (name === 't') isText = !isPhonetic
    },
    text(piece) {
      if (isText) text += piece
    },
    close(name) {
      if (name === 't') isText = false
      else if (name === 'rPh') isPhonetic = false
      else if (name === 'si') strings.push(unescapeText(text))
    },
  })
  return strings
}

/** Which of the cell styles show days. */
function readDayStyles(file: FeedFile, parts: WorkbookParts): readonly boolean[] {
  const codes = new Map<number, string>()
  const isDay: boolean[] = []
  let isInCells = false
  readPart(file, parts.get('xl/styles.xml') ?? '<none/>', {
    open(name, { numFmtId: id = '0', formatCode: code = '' }) {
      if (name === 'numFmt') codes.set(Number(id), code)
      else if (name === 'cellXfs') isInCells = true
      else if (name === 'xf' && isInCells) isDay.push(showsDays(Number(id), codes.get(Number(id))))
    },
    close(name) {
      if (name === 'cellXfs') isInCells = false
    },
  })
  return isDay
}

/** A text without the `_xHHHH_` that stand for characters which XML has no place for. */
function unescapeText(text: string): string {
  return text.replaceAll(/_x([0-9a-f]{4})_/giu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

/** The names of a header row by the place of the column; an empty cell has none. */
export function headerNames(cells: SheetRow['cells']): readonly string[] {
  return Array.from(cells, (cell) => columnName(cell ?? ''))
}
