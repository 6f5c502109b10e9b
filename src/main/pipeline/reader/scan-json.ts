import { characters } from './characters.ts'

const { quote, backslash, colon, comma, openBrace, closeBrace, openBracket, closeBracket } = characters

/** Answers of the scanners below in place of an index. */
export const needsMore = -1
export const broken = -2

const deepestNesting = 200
const escapable = new Set(Buffer.from('"\\/bfnrtu'))

/** The text that is scanned: strict JSON, without building values. `units[end]` is always a line end. */
export interface JsonScan {
  units: Uint8Array | Uint16Array
  end: number
  /** True when nothing can follow `end`. */
  isLast: boolean
  /** True when the string that was scanned last has escapes. */
  isEscaped: boolean
  /** What is wrong, and where, when a scanner answers `broken`. */
  problem: string
  problemAt: number
}

/** Where the members of an object lie: indexes of their keys, with the quotes, and of their values. */
export interface JsonMembers {
  count: number
  readonly keyFrom: number[]
  readonly keyTo: number[]
  readonly isKeyEscaped: boolean[]
  readonly valueFrom: number[]
  readonly valueTo: number[]
  readonly isValueEscaped: boolean[]
}

/** An empty list of members, to be filled anew for each record. */
export function createMembers(): JsonMembers {
  return { count: 0, keyFrom: [], keyTo: [], isKeyEscaped: [], valueFrom: [], valueTo: [], isValueEscaped: [] }
}

/** The index behind the white space at `at`. */
export function skipJsonSpace(scan: JsonScan, at: number): number {
  const { units, end } = scan
  let next = at
  while (next < end && isJsonSpace(units[next])) next += 1
  return next
}

/** True for what JSON takes for white space. */
export function isJsonSpace(unit: number | undefined): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09
}

/** The index behind the value that starts at `at`. */
function scanJsonValue(scan: JsonScan, at: number, depth: number): number {
  if (at >= scan.end) return cutOff(scan)
  if (depth > deepestNesting) return fail(scan, at, `is nested deeper than ${deepestNesting} levels`)
  const unit = scan.units[at]
  if (unit === quote) return scanJsonString(scan, at)
  if (unit === openBrace) return scanJsonObject(scan, at, depth, null)
  if (unit === openBracket) return scanArray(scan, at, depth)
  if (unit === 0x74) return scanWord(scan, at, 'true')
  if (unit === 0x66) return scanWord(scan, at, 'false')
  if (unit === 0x6e) return scanWord(scan, at, 'null')
  return scanNumber(scan, at)
}

/** The index behind the object that starts at `at`; its members are put into `members`. */
export function scanJsonObject(scan: JsonScan, at: number, depth: number, members: JsonMembers | null): number {
  if (members !== null) members.count = 0
  let next = skipJsonSpace(scan, at + 1)
  if (scan.units[next] === closeBrace) return next + 1
  for (;;) {
    next = scanMember(scan, next, depth, members)
    if (next < 0) return next
    next = skipJsonSpace(scan, next)
    const unit = scan.units[next]
    if (unit === closeBrace) return next + 1
    if (next >= scan.end) return cutOff(scan)
    if (unit !== comma) return fail(scan, next, 'lacks a comma or a closing brace')
    next = skipJsonSpace(scan, next + 1)
  }
}

/** The index behind the pair of key and value that starts at `at`. */
export function scanMember(scan: JsonScan, at: number, depth: number, members: JsonMembers | null): number {
  if (at >= scan.end) return cutOff(scan)
  if (scan.units[at] !== quote) return fail(scan, at, 'lacks a name in quotes')
  const keyTo = scanJsonString(scan, at)
  if (keyTo < 0) return keyTo
  const isKeyEscaped = scan.isEscaped
  const colonAt = skipJsonSpace(scan, keyTo)
  if (colonAt >= scan.end) return cutOff(scan)
  if (scan.units[colonAt] !== colon) return fail(scan, colonAt, 'lacks a colon')
  const valueFrom = skipJsonSpace(scan, colonAt + 1)
  const valueTo = scanJsonValue(scan, valueFrom, depth + 1)
  if (valueTo < 0 || members === null) return valueTo
  const { count } = members
  members.keyFrom[count] = at
  members.keyTo[count] = keyTo
  members.isKeyEscaped[count] = isKeyEscaped
  members.valueFrom[count] = valueFrom
  members.valueTo[count] = valueTo
  members.isValueEscaped[count] = scan.isEscaped
  members.count = count + 1
  return valueTo
}

function scanArray(scan: JsonScan, at: number, depth: number): number {
  let next = skipJsonSpace(scan, at + 1)
  if (scan.units[next] === closeBracket) return next + 1
  for (;;) {
    next = scanJsonValue(scan, next, depth + 1)
    if (next < 0) return next
    next = skipJsonSpace(scan, next)
    const unit = scan.units[next]
    if (unit === closeBracket) return next + 1
    if (next >= scan.end) return cutOff(scan)
    if (unit !== comma) return fail(scan, next, 'lacks a comma or a closing bracket')
    next = skipJsonSpace(scan, next + 1)
  }
}

function scanJsonString(scan: JsonScan, at: number): number {
  const { units, end } = scan
  let next = at + 1
  scan.isEscaped = false
  for (;;) {
    const unit = units[next] as number
    if (unit === quote) return next + 1
    if (unit < 0x20)
      return next >= end ? cutOff(scan) : fail(scan, next, 'has a line end or control character in a string')
    if (unit !== backslash) {
      next += 1
      continue
    }
    scan.isEscaped = true
    if (next + 1 >= end) return cutOff(scan)
    const escaped = units[next + 1] as number
    if (!escapable.has(escaped)) return fail(scan, next, 'has an unknown escape')
    next += 2
    if (escaped !== 0x75) continue
    for (const last = next + 4; next < last; next++) {
      if (next >= end) return cutOff(scan)
      if (!isHexDigit(units[next] as number)) return fail(scan, next, 'has an unknown escape')
    }
  }
}

function scanWord(scan: JsonScan, at: number, word: string): number {
  for (let index = 0; index < word.length; index++) {
    if (at + index >= scan.end) return cutOff(scan)
    if (scan.units[at + index] !== word.charCodeAt(index)) return fail(scan, at, 'has a value that is no JSON')
  }
  scan.isEscaped = false
  return at + word.length
}

function scanNumber(scan: JsonScan, at: number): number {
  const { units } = scan
  let next = units[at] === 0x2d ? at + 1 : at
  const whole = next
  next = skipDigits(units, next)
  let isNumber = next > whole && (units[whole] !== 0x30 || next === whole + 1)
  if (isNumber && units[next] === 0x2e) {
    const fraction = next + 1
    next = skipDigits(units, fraction)
    isNumber = next > fraction
  }
  if (isNumber && (units[next] === 0x65 || units[next] === 0x45)) {
    const sign = units[next + 1]
    const exponent = next + (sign === 0x2b || sign === 0x2d ? 2 : 1)
    next = skipDigits(units, exponent)
    isNumber = next > exponent
  }
  // A number that touches the end may go on behind it.
  if (next >= scan.end && !scan.isLast) return needsMore
  scan.isEscaped = false
  return isNumber ? next : fail(scan, at, 'has a value that is no JSON')
}

function skipDigits(units: Uint8Array | Uint16Array, at: number): number {
  let next = at
  while ((units[next] as number) >= 0x30 && (units[next] as number) <= 0x39) next += 1
  return next
}

function isHexDigit(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x46) || (unit >= 0x61 && unit <= 0x66)
}

function cutOff(scan: JsonScan): number {
  return scan.isLast ? fail(scan, scan.end, 'is cut off') : needsMore
}

function fail(scan: JsonScan, at: number, problem: string): number {
  scan.problem = problem
  scan.problemAt = at
  return broken
}
