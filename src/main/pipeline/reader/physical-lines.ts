import { characters } from './characters.ts'
import { characterStart, cutText, fill, offsetOf, type TextWindow } from './text-window.ts'

/** A piece of the file that is held back, and where reading goes on. */
export interface HeldText {
  readonly raw: string
  readonly offset: number
  readonly length: number
  /** True when `raw` holds only the beginning. */
  readonly isCut: boolean
  /** The index, in the window as it now is, from which to read on. */
  readonly next: number
}

/** The index of the first line end at or after `from`, the file's end where there is none, or -1 when it is not in sight. */
export function findLineEnd(window: TextWindow, from: number): number {
  const { units } = window
  let at = from
  while (units[at] !== characters.lineFeed && units[at] !== characters.carriageReturn) at += 1
  return at < window.end || window.isLast ? at : -1
}

/** The index of the line that follows the line end at `at`. */
export function afterLineEnd(window: TextWindow, at: number): number {
  if (at >= window.end) return window.end
  const isPair =
    window.units[at] === characters.carriageReturn &&
    at + 1 < window.end &&
    window.units[at + 1] === characters.lineFeed
  return at + (isPair ? 2 : 1)
}

/** True when nothing but white space stands between the two indexes. */
function isBlank(window: TextWindow, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const unit = window.units[at] as number
    // What white space is beyond ASCII, and which of the controls are, is left to `trim`.
    if (unit > 127 || (unit < characters.space && unit !== characters.tab)) return cutText(window, at, to).trim() === ''
    if (unit !== characters.space && unit !== characters.tab) return false
  }
  return true
}

/** Takes the physical line that starts at `from`, as much of it as a record may be long, and passes over the rest. */
export function takeLine(window: TextWindow, from: number, longest: number): HeldText {
  let start = from
  let end = findLineEnd(window, start)
  while (end < 0 && window.end - start <= longest) {
    fill(window, start)
    start = 0
    end = findLineEnd(window, start)
  }
  const offset = offsetOf(window, start)
  const isCut = end < 0 || end - start > longest
  const raw = cutText(window, start, isCut ? characterStart(window, start + longest) : end)
  while (end < 0) {
    fill(window, window.end)
    end = findLineEnd(window, 0)
  }
  return { raw, offset, length: offsetOf(window, end) - offset, isCut, next: afterLineEnd(window, end) }
}

/** Where reading stands; the line counts physical lines from 1. */
export interface LineCursor {
  at: number
  line: number
}

/** Moves to the next line that holds more than white space; false at the end of the file. */
export function skipBlankLines(window: TextWindow, cursor: LineCursor, longest: number): boolean {
  for (;;) {
    if (cursor.at >= window.end) {
      if (window.isLast) return false
      fill(window, cursor.at)
      cursor.at = 0
      continue
    }
    const unit = window.units[cursor.at] as number
    if (unit > characters.space && unit <= 127) return true
    const end = findLineEnd(window, cursor.at)
    if (end < 0) {
      if (window.end - cursor.at > longest) return true
      fill(window, cursor.at)
      cursor.at = 0
      continue
    }
    if (!isBlank(window, cursor.at, end)) return true
    cursor.at = afterLineEnd(window, end)
    cursor.line += 1
  }
}
