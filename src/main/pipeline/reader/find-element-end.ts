import { characters } from './characters.ts'
import { isJsonSpace } from './scan-json.ts'
import type { TextWindow } from './text-window.ts'

const { quote, backslash, comma, openBrace, closeBrace, openBracket, closeBracket, lineFeed, carriageReturn } =
  characters

/**
 * The search for the end of an element of a JSON array, or of an entry of a JSON map, that is not valid. Its brackets and
 * quotes cannot be trusted. So a string ends at a line end at the latest; and where an object follows upon a comma inside
 * another object (`, {` in place of a name, or `}, {` in what seems a string), that is taken for the start of the next.
 */
export interface ElementSearch {
  /** The index to look at next. */
  at: number
  readonly isInArray: boolean
  readonly firstUnit: number
  depth: number
  isInString: boolean
  /** The comma that would part this element from the next, or -1. */
  commaAt: number
  /** The last unit outside strings, white space apart. */
  lastUnit: number
  /** How much of `}, {` was seen in the string: 0 to 3 of its characters. */
  seen: number
}

/** A search for the end of the element that starts at `from`. */
export function startSearch(window: TextWindow, from: number, isInArray: boolean): ElementSearch {
  const firstUnit = window.units[from] as number
  const isBracket = firstUnit === openBrace || firstUnit === openBracket
  return {
    // The first unit belongs to the element even where it is a closing bracket; a quote opens a string as usual.
    at: firstUnit === quote ? from : from + 1,
    isInArray,
    firstUnit,
    depth: isBracket ? 1 : 0,
    isInString: false,
    commaAt: -1,
    lastUnit: firstUnit,
    seen: 0,
  }
}

/** The index behind the element, or -1 when the window ends before it; the search then goes on in the next window. */
export function findElementEnd(search: ElementSearch, window: TextWindow): number {
  const { units } = window
  while (search.at < window.end) {
    const unit = units[search.at] as number
    const end = search.isInString ? insideString(search, unit) : outsideString(search, unit)
    if (end >= 0) return end
    search.at += search.isInString && unit === backslash ? 2 : 1
  }
  return -1
}

function insideString(search: ElementSearch, unit: number): number {
  if (unit === lineFeed || unit === carriageReturn) {
    search.isInString = false
    search.lastUnit = search.seen === 2 ? comma : unit
    return search.depth === 0 ? search.at : -1
  }
  if (unit === quote) {
    search.isInString = false
    search.lastUnit = unit
    return search.seen === 3 && search.firstUnit === openBrace ? search.commaAt : -1
  }
  if (isJsonSpace(unit)) return -1
  if (unit === comma && search.seen === 1) {
    search.commaAt = search.at
    search.seen = 2
  } else {
    search.seen = unit === closeBrace ? 1 : unit === openBrace && search.seen === 2 ? 3 : 0
  }
  return -1
}

function outsideString(search: ElementSearch, unit: number): number {
  if (isJsonSpace(unit)) return -1
  const isNextElement =
    unit === openBrace && search.lastUnit === comma && search.depth === 1 && search.firstUnit === openBrace
  if (isNextElement) return search.commaAt
  if (unit === comma && search.depth === 0) return search.at
  // A comma is missing: the next object begins where this one has ended.
  if (unit === openBrace && search.depth === 0 && search.lastUnit === closeBrace) return search.at
  search.lastUnit = unit
  if (unit === comma) search.commaAt = search.at
  if (unit === openBrace || unit === openBracket) search.depth += 1
  if (unit === closeBrace || unit === closeBracket) return closeOne(search, unit)
  if (unit === quote) {
    search.isInString = true
    search.seen = 0
  }
  return -1
}

function closeOne(search: ElementSearch, unit: number): number {
  const { depth, firstUnit, isInArray, at } = search
  if (depth === 0) return unit === (isInArray ? closeBracket : closeBrace) ? at : -1
  // The array ends, and the object in it was never closed.
  if (depth === 1 && firstUnit === openBrace && unit === closeBracket) return at
  // What follows up to the next comma is part of the element, too.
  search.depth -= 1
  return -1
}
