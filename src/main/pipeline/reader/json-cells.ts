import { characters } from './characters.ts'
import { columnName } from './column-name.ts'
import type { JsonMembers } from './scan-json.ts'
import { cutText, type TextWindow } from './text-window.ts'

// A feed has few names. One that makes up new names for every record must not fill the memory with them.
const mostNames = 10_000

/** What a delivered name stands for. */
interface Key {
  readonly delivered: string
  readonly name: string
  /** Its place among the contract's columns; -1 for a column that the contract does not know. */
  readonly column: number
}

/** The names that were delivered, and which of the contract's columns they are. */
export interface JsonKeys {
  readonly columns: readonly string[]
  readonly byDelivered: Map<string, Key>
  /** The keys of the record before: the next has mostly the same ones at the same places. */
  readonly byPosition: Key[]
  readonly names: Set<string>
  /** 1 for each of the contract's columns that a record has had. */
  readonly isSeen: Uint8Array
}

/** Keys of which none has been seen yet. */
export function createKeys(columns: readonly string[]): JsonKeys {
  return { columns, byDelivered: new Map(), byPosition: [], names: new Set(), isSeen: new Uint8Array(columns.length) }
}

/** Puts the members of an object into the cells of the contract's columns; of members with one name the last counts. */
export function setCells(cells: (string | null)[], keys: JsonKeys, window: TextWindow, members: JsonMembers): void {
  cells.fill(null)
  for (let member = 0; member < members.count; member++) {
    const { column } = keyAt(keys, window, members, member)
    if (column < 0) continue
    cells[column] = valueText(window, members, member)
    keys.isSeen[column] = 1
  }
}

/** All members of an object by their normalised names. */
export function namedCells(window: TextWindow, members: JsonMembers): Record<string, string | null> {
  // Without a prototype, so that a member named __proto__ is a member.
  const cells = Object.create(null) as Record<string, string | null>
  for (let member = 0; member < members.count; member++)
    cells[columnName(keyText(window, members, member))] = valueText(window, members, member)
  return cells
}

/** The name of a member, as delivered. */
export function keyText(window: TextWindow, members: JsonMembers, member: number): string {
  const from = members.keyFrom[member] as number
  const to = members.keyTo[member] as number
  return stringText(window, from, to, members.isKeyEscaped[member] === true)
}

/** The value of a member: a string's text, null for null, and for all else the JSON text as it stands in the file. */
export function valueText(window: TextWindow, members: JsonMembers, member: number): string | null {
  const from = members.valueFrom[member] as number
  const to = members.valueTo[member] as number
  const unit = window.units[from]
  if (unit === characters.quote) return stringText(window, from, to, members.isValueEscaped[member] === true)
  return unit === characters.lowerN ? null : cutText(window, from, to)
}

function stringText(window: TextWindow, from: number, to: number, isEscaped: boolean): string {
  return isEscaped ? (JSON.parse(cutText(window, from, to)) as string) : cutText(window, from + 1, to - 1)
}

function keyAt(keys: JsonKeys, window: TextWindow, members: JsonMembers, member: number): Key {
  const before = keys.byPosition[member]
  const from = (members.keyFrom[member] as number) + 1
  const length = (members.keyTo[member] as number) - 1 - from
  if (before !== undefined && before.delivered.length === length && window.text.startsWith(before.delivered, from))
    return before
  const key = keyOf(keys, keyText(window, members, member))
  // The window's text is not decoded: only of a name that is as long there as here is it certain to be the same.
  if (member < mostNames && key.delivered.length === length) keys.byPosition[member] = key
  return key
}

function keyOf(keys: JsonKeys, delivered: string): Key {
  const known = keys.byDelivered.get(delivered)
  if (known !== undefined) return known
  const name = columnName(delivered)
  const key = { delivered, name, column: keys.columns.indexOf(name) }
  if (keys.byDelivered.size < mostNames) {
    keys.byDelivered.set(delivered, key)
    keys.names.add(name)
  }
  return key
}
