import { AppError } from '../../kernel/app-error.ts'
import type { Column, ColumnType } from '../../kernel/column-type.ts'
import { formatters, isTrue, safeInteger } from '../../kernel/format-value.ts'
import type { AsideFile } from './aside-file.ts'
import { openXlsx } from './open-xlsx.ts'
import { xlsxStyle } from './xlsx-parts.ts'
import { columnLetters, longestXlsxText, mostXlsxRows, textCellXml } from './xlsx-xml.ts'

/** A cell that is not empty, by its reference and inside value. */
type CellXml = (reference: string, value: unknown) => string

// The days of XLSX are counted from 1899-12-30, in a calendar that has a 29 February 1900 before this one.
const daysTo1970 = 25_569
const firstSoundDay = -25_508
/** A spreadsheet keeps so many digits of a number; longer ones are written as text, so that none is lost. */
const exactDigits = 15

const asText = (type: ColumnType): CellXml => {
  const format = formatters[type]
  return (reference, value) => textCellXml(reference, format(value), xlsxStyle.plain)
}

const asNumber = (type: ColumnType, style: number): CellXml => {
  const format = formatters[type]
  return (reference, value) => {
    const text = format(value)
    const digits = text.startsWith('-') ? text.length - 1 : text.length
    return digits > exactDigits
      ? textCellXml(reference, text, xlsxStyle.plain)
      : `<c r="${reference}" s="${style}"><v>${text}</v></c>`
  }
}

const cellsOf: Readonly<Record<ColumnType, CellXml>> = {
  text: asText('text'),
  integer: asNumber('integer', xlsxStyle.integer),
  boolean: (reference, value) => `<c r="${reference}" t="b"><v>${isTrue(value) ? 1 : 0}</v></c>`,
  date(reference, value) {
    const days = safeInteger(value, 'date')
    return days < firstSoundDay
      ? textCellXml(reference, formatters.date(days), xlsxStyle.plain)
      : `<c r="${reference}" s="${xlsxStyle.date}"><v>${days + daysTo1970}</v></c>`
  },
  // As in CSV: a date-time of a spreadsheet has no time zone.
  timestamp: asText('timestamp'),
  money: asNumber('money', xlsxStyle.hundredths),
  percent: asNumber('percent', xlsxStyle.hundredths),
}

const widths: Readonly<Record<ColumnType, number>> = {
  text: 24,
  integer: 12,
  boolean: 9,
  date: 12,
  timestamp: 26,
  money: 14,
  percent: 10,
}

/** Writes a header and the rows as one sheet, numbers as numbers and days as days, null as no cell; returns the number of rows. */
export function writeXlsx(file: AsideFile, columns: readonly Column[], rows: Iterable<readonly unknown[]>): number {
  const sheet = openXlsx(file, {
    sheet: 'Rows',
    widths: columns.map(({ name, type }) => Math.max(widths[type], name.length + 3)),
    notes: null,
  })
  const letters = columns.map((_, index) => columnLetters(index))
  const header = columns.map(({ name }, index) => textCellXml(`${letters[index]}1`, name, xlsxStyle.header))
  sheet.put(`<row r="1">${header.join('')}</row>`)
  const cells = columns.map(({ type }) => cellsOf[type])
  let line = 1
  for (const row of rows) {
    line += 1
    if (line > mostXlsxRows) throw tooManyRows(file)
    let xml = `<row r="${line}">`
    for (let index = 0; index < cells.length; index += 1) {
      const value = row[index]
      if (value === null || value === '') continue
      if (typeof value === 'string' && value.length > longestXlsxText) throw tooLong(file, columns[index]!.name, line)
      xml += cells[index]!(`${letters[index]}${line}`, value)
    }
    sheet.put(`${xml}</row>`)
  }
  sheet.finish()
  return line - 1
}

function tooManyRows(file: AsideFile): AppError {
  return new AppError('USAGE', `There are more rows than a sheet of XLSX takes, which is ${mostXlsxRows - 1}.`, {
    place: { file: file.target },
    saved: 'The file that stood there before, if any, is untouched.',
    hint: 'Write them as CSV or Parquet.',
  })
}

function tooLong(file: AsideFile, field: string, line: number): AppError {
  return new AppError('USAGE', `A text is longer than a cell of XLSX takes, which is ${longestXlsxText} characters.`, {
    place: { file: file.target, line, field },
    saved: 'The file that stood there before, if any, is untouched.',
    hint: 'Write the rows as CSV or Parquet.',
  })
}
