import { findElementEnd, startSearch } from './find-element-end.ts'
import type { HeldText } from './physical-lines.ts'
import { isJsonSpace } from './scan-json.ts'
import { characterStart, cutText, fill, offsetOf, type TextWindow } from './text-window.ts'

/** Takes a broken element of a JSON array or map, as much of it as a record may be long, and passes over the rest. */
export function takeBrokenElement(window: TextWindow, from: number, longest: number, isInArray: boolean): HeldText {
  const search = startSearch(window, from, isInArray)
  const offset = offsetOf(window, from)
  let start = from
  let beginning: string | null = null
  let end = findElementEnd(search, window)
  while (end < 0 && !window.isLast) {
    if (beginning === null && window.end - start > longest) beginning = cutBeginning(window, start, longest)
    const isCommaNear = search.commaAt >= 0 && window.end - search.commaAt <= longest
    const kept = beginning === null ? start : isCommaNear ? search.commaAt : window.end
    fill(window, kept)
    start -= kept
    search.at -= kept
    search.commaAt = Math.max(search.commaAt - kept, -1)
    end = findElementEnd(search, window)
  }
  const next = end < 0 ? window.end : end
  if (beginning === null && next - start > longest) beginning = cutBeginning(window, start, longest)
  if (beginning !== null) return { raw: beginning, offset, length: offsetOf(window, next) - offset, isCut: true, next }
  let last = next
  while (last > start && isJsonSpace(window.units[last - 1])) last -= 1
  return { raw: cutText(window, start, last), offset, length: (last - start) * window.unitBytes, isCut: false, next }
}

function cutBeginning(window: TextWindow, start: number, longest: number): string {
  return cutText(window, start, characterStart(window, start + longest))
}
