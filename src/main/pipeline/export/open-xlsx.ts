import { Zip, ZipDeflate } from 'fflate'
import { AppError } from '../../kernel/app-error.ts'
import { appendAside, type AsideFile } from './aside-file.ts'
import {
  contentTypes,
  noteBoxes,
  noteTexts,
  rootRelations,
  sheetEnd,
  sheetRelations,
  sheetStart,
  styles,
  workbook,
  workbookRelations,
  type XlsxNote,
} from './xlsx-parts.ts'

/** A sheet that is being written. */
export interface XlsxSheet {
  /** Appends rows as XML. */
  put(xml: string): void
  /** Ends the sheet and the file. */
  finish(): void
}

export interface XlsxOptions {
  readonly sheet: string
  /** In characters, by column. */
  readonly widths: readonly number[]
  /** Read at the end; null for a sheet without notes. */
  readonly notes: readonly XlsxNote[] | null
}

// What is gathered before it is compressed: a call for each row would cost more than the compressing.
const chunkCharacters = 1 << 16
/** Bytes of UTF-8 that one UTF-16 unit may take at most. */
const bytesPerUnit = 3
// Above it the sizes in a ZIP file need a form that readers of XLSX do not all know.
const mostBytes = 0xffff_ffff
// The same bytes for the same rows.
const writtenAt = new Date(2000, 0, 1)

/** Begins an XLSX file of one sheet; what is put goes to the file as it comes, in constant memory. */
export function openXlsx(file: AsideFile, { sheet, widths, notes }: XlsxOptions): XlsxSheet {
  const zip = new Zip((error, bytes) => {
    if (error !== null) throw error
    appendAside(file, bytes)
  })
  const hasNotes = notes !== null
  const begin = (name: string): ZipDeflate => {
    const part = new ZipDeflate(name, { level: 4 })
    part.mtime = writtenAt
    zip.add(part)
    return part
  }
  const add = (name: string, text: string): void => begin(name).push(Buffer.from(text), true)
  add('[Content_Types].xml', contentTypes(hasNotes))
  add('_rels/.rels', rootRelations)
  add('xl/workbook.xml', workbook(sheet))
  add('xl/_rels/workbook.xml.rels', workbookRelations)
  add('xl/styles.xml', styles)
  const rows = begin('xl/worksheets/sheet1.xml')
  let chunk = sheetStart(widths)
  let written = 0
  // One buffer for all: what is pushed is copied by the compressor.
  let buffer = Buffer.allocUnsafeSlow(2 * chunkCharacters * bytesPerUnit)
  const drain = (isLast: boolean): void => {
    if (chunk.length * bytesPerUnit > buffer.length) buffer = Buffer.allocUnsafeSlow(chunk.length * bytesPerUnit)
    const bytes = buffer.subarray(0, buffer.write(chunk))
    chunk = ''
    written += bytes.length
    if (written > mostBytes)
      throw new AppError('USAGE', 'The rows are too much for one XLSX file, which takes 4 GB of cells.', {
        place: { file: file.target },
        saved: 'The file that stood there before, if any, is untouched.',
        hint: 'Write them as CSV or Parquet.',
      })
    rows.push(bytes, isLast)
  }
  return {
    put(xml) {
      chunk += xml
      if (chunk.length >= chunkCharacters) drain(false)
    },
    finish() {
      chunk += sheetEnd(hasNotes)
      drain(true)
      if (notes !== null) {
        add('xl/worksheets/_rels/sheet1.xml.rels', sheetRelations)
        add('xl/comments1.xml', noteTexts(notes))
        add('xl/drawings/vmlDrawing1.vml', noteBoxes(notes))
      }
      zip.end()
    },
  }
}
