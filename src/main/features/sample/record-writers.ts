import { plainCodesBut, putAscii, putPlain, putText, type FeedFile } from './feed-file.ts'
import type { DefectSpec, FileSpec } from './sample-schema.ts'

const quote = 0x22
const closingBrace = 0x7d

/** Writes a record, whole or broken in one way, without the end of its line. */
export type RecordWriter = (feed: FeedFile, cells: readonly string[], defect: DefectSpec['record']) => void

/** How records are written in a file that has these fields. */
export function recordWriter(file: FileSpec, fields: readonly string[]): RecordWriter {
  return file.format === 'csv' ? csvWriter(file.delimiter) : jsonWriter(fields, file.numbers)
}

function csvWriter(delimiter: string): RecordWriter {
  const delimiterCode = delimiter.charCodeAt(0)
  const unquoted = plainCodesBut(`"\r\n${delimiter}`)
  const putCell = (feed: FeedFile, cell: string): void => {
    if (putPlain(feed, cell, unquoted)) return
    const needsQuotes = cell.includes(delimiter) || /["\r\n]/.test(cell)
    putText(feed, needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell)
  }
  return (feed, cells, defect) => {
    const count = defect === 'missing_cell' ? cells.length - 1 : cells.length
    for (let index = 0; index < count; index += 1) {
      const cell = cells[index]!
      if (index > 0) putAscii(feed, delimiterCode)
      else if (defect === 'stray_quote' || defect === 'unclosed_quote') {
        putText(feed, `"${cell.replaceAll('"', '')}${defect === 'stray_quote' ? '"?' : ''}`)
        continue
      }
      putCell(feed, cell)
    }
    if (defect === 'extra_cell') putText(feed, `${delimiter}?`)
  }
}

function jsonWriter(fields: readonly string[], numbers: readonly string[]): RecordWriter {
  const unescaped = plainCodesBut(`"\\${Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join('')}`)
  const prefixes = fields.map((field, index) => `${index === 0 ? '{' : ', '}${JSON.stringify(field)}: `)
  const isNumeric = fields.map((field) => numbers.includes(field))
  return (feed, cells, defect) => {
    for (let index = 0; index < cells.length; index += 1) {
      const cell = cells[index]!
      putText(feed, prefixes[index]!)
      if (defect === 'cut_short' && index === cells.length - 1) return
      if (cell === '') putText(feed, 'null')
      else if (isNumeric[index] && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(cell)) putText(feed, cell)
      else {
        putAscii(feed, quote)
        if (!putPlain(feed, cell, unescaped)) putText(feed, JSON.stringify(cell).slice(1, -1))
        putAscii(feed, quote)
      }
    }
    putAscii(feed, closingBrace)
  }
}
