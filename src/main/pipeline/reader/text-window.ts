import { isAscii } from 'node:buffer'
import { characters } from './characters.ts'
import { decodeWindows1252 } from './decode-windows-1252.ts'
import { readFully, type FeedSource } from './feed-source.ts'
import type { FeedInspection } from './inspect-feed.ts'

/**
 * A stretch of the file that is held in memory. Indexes count units, which are bytes, or pairs of bytes in UTF-16, so
 * that every index gives a place in the file; all characters that structure a feed are one unit in every encoding.
 */
export interface TextWindow {
  readonly source: FeedSource
  readonly encoding: FeedInspection['encoding']
  readonly unitBytes: 1 | 2
  /** `units[end]` is always a line end, so that a loop that stops at line ends needs no other bound. */
  readonly units: Uint8Array | Uint16Array
  /** The units that may be looked at. A carriage return is never the last, unless the file ends with it. */
  end: number
  /** The byte of the file at which the window starts. */
  base: number
  /** True when the file ends where the window ends. */
  isLast: boolean
  /** One character for each unit. */
  text: string
  /** False where characters of several bytes occur, so that `text` has to be decoded piece by piece. */
  isPlain: boolean
  /** The same memory as `units`. */
  readonly bytes: Buffer
  readonly blockBytes: number
  /** The bytes that were read into the memory; some may lie behind `end`. */
  loaded: number
  readonly onRead: (bytesRead: number) => void
}

export interface WindowOptions {
  readonly inspection: FeedInspection
  /** The most that `fill` is asked to keep. */
  readonly longestKept: number
  readonly blockBytes: number
  readonly onRead: (bytesRead: number) => void
}

/** A window on the start of the file, behind its byte order mark. */
export function openWindow(source: FeedSource, options: WindowOptions): TextWindow {
  const { inspection, longestKept, blockBytes, onRead } = options
  const unitBytes = inspection.encoding.startsWith('utf-16') ? 2 : 1
  const wholeBlock = blockBytes + (blockBytes % unitBytes)
  // Kept text, a carriage return behind it, as much again to come, and the line end that stands behind all.
  const capacity = longestKept + Math.max(longestKept, wholeBlock) + 8
  const bytes = Buffer.allocUnsafeSlow(capacity + (capacity % 2))
  const window: TextWindow = {
    source,
    encoding: inspection.encoding,
    unitBytes,
    units: unitBytes === 2 ? new Uint16Array(bytes.buffer) : bytes,
    end: 0,
    base: inspection.markBytes,
    isLast: false,
    text: '',
    isPlain: true,
    bytes,
    blockBytes: wholeBlock,
    loaded: 0,
    onRead,
  }
  fill(window, 0)
  return window
}

/** Reads on: what lies before `keepFrom` is dropped, so that `keepFrom` becomes index 0. At the file's end nothing comes. */
export function fill(window: TextWindow, keepFrom: number): void {
  const { bytes, unitBytes, units } = window
  const dropped = keepFrom * unitBytes
  bytes.copyWithin(0, dropped, window.loaded)
  const held = window.loaded - dropped
  window.base += dropped
  // As much again as there is: a long record is then looked at few times while it comes in.
  const wanted = Math.min(Math.max(window.blockBytes, held), bytes.length - unitBytes - held)
  const position = window.base + held
  const got = readFully(window.source, bytes, held, wanted, position)
  if (window.encoding === 'utf-16be') bytes.subarray(held, held + got).swap16()
  window.loaded = held + got
  window.isLast = got < wanted || position + got >= window.source.size
  window.end = window.loaded / unitBytes
  // Whether a line feed belongs to a carriage return is known when the next block is there.
  if (!window.isLast && units[window.end - 1] === characters.carriageReturn) window.end -= 1
  else units[window.end] = characters.lineFeed
  decode(window)
  window.onRead(position + got)
}

/** The text from one index up to another, which must not part a character. */
export function cutText(window: TextWindow, from: number, to: number): string {
  if (window.isPlain) return window.text.substring(from, to)
  const { bytes } = window
  for (let at = from; at < to; at++) {
    if ((bytes[at] as number) > 127) return bytes.toString('utf8', from, to)
  }
  return window.text.substring(from, to)
}

/** The byte of the file at an index. */
export function offsetOf(window: TextWindow, index: number): number {
  return window.base + index * window.unitBytes
}

/** The index itself, or where it lies inside a character, the index at which that character starts. */
export function characterStart(window: TextWindow, index: number): number {
  const { units, encoding } = window
  let start = index
  if (encoding === 'utf-8') while (start > 0 && ((units[start] ?? 0) & 0xc0) === 0x80) start -= 1
  else if (encoding !== 'windows-1252' && ((units[start] ?? 0) & 0xfc00) === 0xdc00) start -= 1
  return start
}

function decode(window: TextWindow): void {
  const { bytes, encoding, end } = window
  if (window.unitBytes === 2) {
    window.text = bytes.toString('utf16le', 0, end * 2)
    return
  }
  const text = bytes.toString('latin1', 0, end)
  const hasAsciiOnly = isAscii(bytes.subarray(0, end))
  window.isPlain = hasAsciiOnly || encoding === 'windows-1252'
  window.text = hasAsciiOnly || encoding === 'utf-8' ? text : decodeWindows1252(text)
}
