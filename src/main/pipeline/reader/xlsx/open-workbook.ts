import { unzipSync } from 'fflate'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { rejection } from '../reject-file.ts'
import type { FeedFile } from '../feed-types.ts'

/** The parts of an XLSX file that hold its cells, as XML texts by their path. */
export type WorkbookParts = ReadonlyMap<string, string>

// A small file may be packed from cells that no memory holds.
const mostBytes = 400 * 1024 * 1024
const wanted =
  /^xl\/(?:workbook\.xml|sharedStrings\.xml|styles\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/iu

/** Unpacks an XLSX file; rejects what is none. */
export function openWorkbook(bytes: Uint8Array, file: FeedFile): WorkbookParts {
  let size = 0
  const unpack = () =>
    unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (!wanted.test(name)) return false
        size += originalSize
        if (size > mostBytes)
          throw rejection(file, `has more than ${mostBytes / 1024 / 1024} MB of cells`, 'Send it in several files.')
        return true
      },
    })
  const parts = new Map<string, string>()
  for (const [name, content] of Object.entries(attempt(file, unpack)))
    parts.set(name.toLowerCase(), new TextDecoder().decode(content))
  if (!parts.has('xl/workbook.xml')) throw noWorkbook(file)
  return parts
}

export interface XmlHandlers {
  /** `name` is without the prefix of its namespace. */
  open?(name: string, attributes: SaxesTagPlain['attributes']): void
  text?(text: string): void
  close?(name: string): void
}

/** Reads one part through; rejects the file where it is no XML. */
export function readPart(file: FeedFile, xml: string, handlers: XmlHandlers): void {
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => handlers.open?.(localName(name), attributes))
  parser.on('text', (text) => handlers.text?.(text))
  parser.on('cdata', (text) => handlers.text?.(text))
  parser.on('closetag', ({ name }) => handlers.close?.(localName(name)))
  parser.on('error', (error) => {
    throw noWorkbook(file, error)
  })
  parser.write(xml).close()
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function attempt<Result>(file: FeedFile, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    // What fflate throws has a number for its code.
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') throw error
    throw noWorkbook(file, error)
  }
}

function noWorkbook(file: FeedFile, cause?: unknown): Error {
  const error = rejection(
    file,
    'is no XLSX file that can be read',
    'Save it again as XLSX, without a password, or as CSV.',
  )
  return cause === undefined ? error : Object.assign(error, { cause })
}
