import type { Pair } from 'yaml'

/** Where the key of a pair begins in the text. */
export function startOf(pair: Pair | undefined): number {
  const key = pair?.key as { range?: [number, number, number] } | undefined
  return key?.range?.[0] ?? 0
}

/** How far a place is from the beginning of its line. */
export function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1)
}

/** The end of what was written before a place, without the empty lines behind it. */
export function endOf(text: string, at: number): number {
  return text.slice(0, at).trimEnd().length
}
