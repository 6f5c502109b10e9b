import { characters } from './characters.ts'
import {
  broken,
  isJsonSpace,
  needsMore,
  scanJsonObject,
  scanMember,
  skipJsonSpace,
  type JsonMembers,
  type JsonScan,
} from './scan-json.ts'
import { fill, type TextWindow } from './text-window.ts'

const { comma, openBrace, closeBrace, closeBracket } = characters

/** Where the element that is being read starts, and where it ends when it is valid. */
export interface ElementCursor {
  at: number
  end: number
}

/** Moves behind white space; false at the end of the file. */
export function skipSpace(window: TextWindow, cursor: { at: number }): boolean {
  for (;;) {
    while (cursor.at < window.end && isJsonSpace(window.units[cursor.at])) cursor.at += 1
    if (cursor.at < window.end || window.isLast) return cursor.at < window.end
    fill(window, cursor.at)
    cursor.at = 0
  }
}

/** Scans the element at the cursor, an object in an array or a member of a map, and reads on while it is not too long. */
export function scanElement(
  scan: JsonScan,
  window: TextWindow,
  cursor: ElementCursor,
  members: JsonMembers,
  limits: { readonly longest: number; readonly isArray: boolean },
): 'valid' | 'broken' | 'too_long' {
  const { longest, isArray } = limits
  for (;;) {
    scan.end = window.end
    scan.isLast = window.isLast
    const end = isArray ? scanRecord(scan, cursor.at, members) : scanEntry(scan, cursor.at, members)
    if (end !== needsMore) {
      cursor.end = end
      const reached = end === broken ? scan.problemAt : end
      return reached - cursor.at > longest ? 'too_long' : end === broken ? 'broken' : 'valid'
    }
    if (window.end - cursor.at > longest) return 'too_long'
    fill(window, cursor.at)
    cursor.at = 0
  }
}

/** Where the comma between two objects is missing, each still counts. */
function scanRecord(scan: JsonScan, at: number, members: JsonMembers): number {
  if (scan.units[at] === openBrace) return endAtSeparator(scan, scanJsonObject(scan, at, 0, members), behindObject)
  scan.problem = 'is not a JSON object'
  scan.problemAt = at
  return broken
}

function scanEntry(scan: JsonScan, at: number, members: JsonMembers): number {
  members.count = 0
  return endAtSeparator(scan, scanMember(scan, at, 0, members), behindEntry)
}

const behindObject: ReadonlySet<number | undefined> = new Set([comma, closeBracket, openBrace])
const behindEntry: ReadonlySet<number | undefined> = new Set([comma, closeBrace])

/** An element counts only together with what parts it from the next: after a stray quote, something else stands there. */
function endAtSeparator(scan: JsonScan, end: number, separators: ReadonlySet<number | undefined>): number {
  if (end < 0) return end
  const next = skipJsonSpace(scan, end)
  if (next >= scan.end) return scan.isLast ? end : needsMore
  if (separators.has(scan.units[next])) return end
  scan.problem = 'lacks a comma behind it'
  scan.problemAt = next
  return broken
}
