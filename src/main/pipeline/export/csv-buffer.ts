import { appendAside, type AsideFile } from './aside-file.ts'
import { csvCell } from './csv-cell.ts'

const size = 1024 * 1024
/** Bytes of UTF-8 that one UTF-16 unit may take at most. */
const bytesPerUnit = 3

/** By ASCII code: 1 where the character stands for itself in any cell, 2 where it does unless it comes first. */
const ease = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  if ('",\n\r'.includes(character)) return 0
  return '=+-@\t'.includes(character) ? 2 : 1
})

/** Cells on their way to a file: few system calls, and no string made of what is written. */
export interface CsvBuffer {
  readonly file: AsideFile
  readonly bytes: Buffer
  used: number
}

/** An empty buffer before `file`. */
export function csvBuffer(file: AsideFile): CsvBuffer {
  return { file, bytes: Buffer.allocUnsafe(size), used: 0 }
}

/** Writes out what is gathered. */
export function flushCsv(buffer: CsvBuffer): void {
  appendAside(buffer.file, buffer.bytes.subarray(0, buffer.used))
  buffer.used = 0
}

/** Appends a delimiter or end of line. */
export function putByte(buffer: CsvBuffer, byte: number): void {
  if (buffer.used === size) flushCsv(buffer)
  buffer.bytes[buffer.used] = byte
  buffer.used += 1
}

/** Appends what needs no quoting: digits, signs, dates, `true`. */
export function putPlain(buffer: CsvBuffer, text: string): void {
  if (text.length > size - buffer.used) flushCsv(buffer)
  const { bytes, used } = buffer
  for (let index = 0; index < text.length; index += 1) bytes[used + index] = text.charCodeAt(index)
  buffer.used += text.length
}

/** Appends a text cell; most are plain ASCII and are copied as they are checked. */
export function putText(buffer: CsvBuffer, text: string): void {
  if (text.length > size - buffer.used) flushCsv(buffer)
  if (text.length <= size) {
    const { bytes, used } = buffer
    let index = 0
    for (; index < text.length; index += 1) {
      const code = text.charCodeAt(index)
      const kind = code < 128 ? ease[code] : 0
      if (kind === 0 || (kind === 2 && index === 0)) break
      bytes[used + index] = code
    }
    if (index === text.length) {
      buffer.used += index
      return
    }
  }
  putQuoted(buffer, csvCell(text))
}

function putQuoted(buffer: CsvBuffer, cell: string): void {
  if (cell.length * bytesPerUnit > size - buffer.used) flushCsv(buffer)
  if (cell.length * bytesPerUnit > size) appendAside(buffer.file, Buffer.from(cell))
  else buffer.used += buffer.bytes.write(cell, buffer.used)
}
