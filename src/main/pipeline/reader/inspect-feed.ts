import { isAscii, isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { FeedEncoding } from './feed-types.ts'
import { readFully, type FeedSource } from './feed-source.ts'
import { rejection } from './reject-file.ts'

export interface FeedInspection {
  readonly encoding: FeedEncoding
  /** The length of the byte order mark. */
  readonly markBytes: number
  readonly sha256: string
}

// The bytes of a character that a block's end cuts are carried into the next block: three at most.
const longestCarry = 3

/** Reads a file through once to learn its encoding, which hangs on all of its bytes; rejects what is not text. */
export function inspectFeed(source: FeedSource, blockBytes: number): FeedInspection {
  const mark = byteOrderMark(source)
  const isUtf16 = mark.encoding !== 'utf-8'
  const wholeBlock = blockBytes + (isUtf16 ? blockBytes % 2 : 0)
  const buffer = Buffer.allocUnsafeSlow(longestCarry + wholeBlock)
  const hash = createHash('sha256')
  let isValidUtf8 = true
  let carry = 0
  let position = 0
  for (;;) {
    const got = readFully(source, buffer, carry, wholeBlock, position)
    if (got === 0) break
    const block = buffer.subarray(carry, carry + got)
    hash.update(block)
    if (isUtf16) rejectZeroUnit(source, block, position)
    else rejectZeroByte(source, block, position)
    position += got
    if (isUtf16 || !isValidUtf8 || (carry === 0 && isAscii(block))) continue
    const text = buffer.subarray(0, carry + got)
    const whole = text.length - cutCharacterBytes(text)
    isValidUtf8 = isUtf8(text.subarray(0, whole))
    buffer.copyWithin(0, whole, text.length)
    carry = isValidUtf8 ? text.length - whole : 0
  }
  if (isUtf16 && position % 2 === 1)
    throw rejection(
      source.file,
      'ends in the middle of a character',
      'Have it delivered again: it seems to be cut off.',
    )
  const sha256 = hash.digest('hex')
  if (!isUtf16 && (!isValidUtf8 || carry > 0)) return { encoding: 'windows-1252', markBytes: 0, sha256 }
  return { ...mark, sha256 }
}

function byteOrderMark(source: FeedSource): { encoding: 'utf-8' | 'utf-16le' | 'utf-16be'; markBytes: number } {
  const start = Buffer.alloc(3)
  const got = readFully(source, start, 0, start.length, 0)
  if (got >= 2 && start[0] === 0xff && start[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 }
  if (got >= 2 && start[0] === 0xfe && start[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 }
  const hasMark = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf
  return { encoding: 'utf-8', markBytes: hasMark ? 3 : 0 }
}

/** How many bytes at the end belong to a character that is not complete. */
function cutCharacterBytes(text: Buffer): number {
  for (let back = 1; back <= Math.min(longestCarry, text.length); back++) {
    const byte = text[text.length - back] ?? 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
    if (byte < 0x80) return 0
  }
  return 0
}

function rejectZeroByte(source: FeedSource, block: Buffer, position: number): void {
  const at = block.indexOf(0)
  if (at >= 0) throw notText(source, position + at)
}

/** A zero unit is no text in UTF-16 either; it also tells UTF-32 apart, whose mark begins alike. */
function rejectZeroUnit(source: FeedSource, block: Buffer, position: number): void {
  for (let at = block.indexOf(0); at >= 0; at = block.indexOf(0, at + 1)) {
    // Blocks begin at even positions, so that pairs do not part.
    if (at % 2 === 0 && block[at + 1] === 0) throw notText(source, position + at)
  }
}

function notText(source: FeedSource, position: number): Error {
  return rejection(
    source.file,
    `is not text: it has a NUL at byte ${position}`,
    'Deliver it as CSV, JSON or NDJSON in UTF-8, or in UTF-16 with a byte order mark.',
  )
}
