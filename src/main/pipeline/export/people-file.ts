import { appendAside, type AsideFile } from './aside-file.ts'
import { csvCell, disarmed } from './csv-cell.ts'
import { openXlsx } from './open-xlsx.ts'
import { xlsxStyle, type XlsxNote } from './xlsx-parts.ts'
import { columnLetters, longestXlsxText, textCellXml } from './xlsx-xml.ts'

/** The forms of files that people open, mend and send back. */
export type PeopleFormat = 'csv' | 'xlsx'

/** A cell of such a file. */
export interface PeopleCell {
  readonly text: string | null
  /** What is wrong with it, for a person; null where nothing is. */
  readonly problem: string | null
}

/** A table of texts on its way to a file for people. */
export interface PeopleFile {
  put(cells: readonly PeopleCell[]): void
  finish(): void
}

export interface PeopleFileOptions {
  readonly format: PeopleFormat
  readonly columns: readonly string[]
  /** Of a CSV file. */
  readonly delimiter: string
  /** Of an XLSX file. */
  readonly sheet: string
}

/** Begins a file in which every cell is text: formulas are disarmed in CSV and are no formulas in XLSX, zeros in front stay there. */
export function openPeopleFile(file: AsideFile, options: PeopleFileOptions): PeopleFile {
  return options.format === 'csv' ? openPeopleCsv(file, options) : openPeopleXlsx(file, options)
}

/** What a cell of such a file reads as, as long as nobody changes it. */
export function peopleText(text: string, format: PeopleFormat): string {
  // A NUL would make the file something else than text.
  if (format === 'csv') return disarmed(text.replaceAll('\0', '\uFFFD'))
  return text.length <= longestXlsxText ? text : text.slice(0, longestXlsxText)
}

// Spreadsheets take a CSV file for one of their own old encodings where it has no mark.
const byteOrderMark = '\uFEFF'
const chunkCharacters = 1 << 16

function openPeopleCsv(file: AsideFile, { columns, delimiter }: PeopleFileOptions): PeopleFile {
  const line = (cells: readonly string[]) =>
    `${cells.map((text) => csvCell(text.replaceAll('\0', '\uFFFD'), delimiter)).join(delimiter)}\r\n`
  let chunk = byteOrderMark + line(columns)
  const drain = () => {
    appendAside(file, Buffer.from(chunk))
    chunk = ''
  }
  return {
    put(cells) {
      chunk += line(cells.map(({ text }) => text ?? ''))
      if (chunk.length >= chunkCharacters) drain()
    },
    finish: drain,
  }
}

// A sheet with many more boxes takes minutes to open; what is wrong stands in the row's last cell too.
const mostNotes = 2000
const narrowest = 10
const widest = 60
/** Rows that are looked at for how wide the columns are. */
const measuredRows = 200

function openPeopleXlsx(file: AsideFile, { columns, sheet: name }: PeopleFileOptions): PeopleFile {
  const letters = columns.map((_, index) => columnLetters(index))
  const notes: XlsxNote[] = []
  const firstRows: (readonly PeopleCell[])[] = []
  let sheet: ReturnType<typeof openXlsx> | null = null
  let row = 1

  const begin = () => {
    const widths = columns.map((column, index) => {
      const lengths = firstRows.map((cells) => Math.min(widest, cells[index]?.text?.length ?? 0))
      return Math.max(narrowest, column.length, ...lengths) + 2
    })
    const begun = openXlsx(file, { sheet: name, widths, notes })
    const header = columns.map((column, index) => textCellXml(`${letters[index]}1`, column, xlsxStyle.header))
    begun.put(`<row r="1">${header.join('')}</row>`)
    sheet = begun
    for (const cells of firstRows.splice(0)) begun.put(rowXml(cells))
    return begun
  }
  const rowXml = (cells: readonly PeopleCell[]): string => {
    row += 1
    // Empty cells too are there, so that what is typed into them stays text.
    const xml = cells.map(({ text, problem }, column) => {
      if (problem !== null && notes.length < mostNotes) notes.push({ column, row, text: problem })
      const style = problem === null ? xlsxStyle.text : xlsxStyle.faultyText
      const reference = `${letters[column]}${row}`
      return text === null || text === ''
        ? `<c r="${reference}" s="${style}"/>`
        : textCellXml(reference, peopleText(text, 'xlsx'), style)
    })
    return `<row r="${row}">${xml.join('')}</row>`
  }
  return {
    put(cells) {
      if (sheet !== null) return sheet.put(rowXml(cells))
      firstRows.push(cells)
      if (firstRows.length === measuredRows) begin()
    },
    finish: () => (sheet ?? begin()).finish(),
  }
}
