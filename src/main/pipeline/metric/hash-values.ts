import type { StagedValue } from '../contract/compile-contract.ts'

/** Hashes a list of values to a whole number below 2^53, evenly spread; the same in every process and for ever. */
export type HashValues = (values: readonly StagedValue[], skipped: ReadonlySet<number> | null) => number

const first = 0x9e3779b1
const second = 0x85ebca77

/**
 * A hasher of values, in two lanes of 32 bits. The lanes live outside of the function that is called, so that a row makes no garbage.
 * `skipped`: the places that do not count.
 */
export function createHasher(): { readonly values: HashValues; readonly text: (text: string) => number } {
  let one = 0
  let two = 0

  function begin(): void {
    one = 0xdeadbeef | 0
    two = 0x41c6ce57 | 0
  }

  function addText(text: string): void {
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      one = Math.imul(one ^ code, first)
      two = Math.imul(two ^ code, second)
      // Multiplying carries upwards only: the high bits have to come down.
      one ^= one >>> 15
      two ^= two >>> 13
    }
  }

  function addPart(part: number): void {
    one = Math.imul(one ^ part, second)
    two = Math.imul(two ^ part, first)
    one ^= one >>> 13
    two ^= two >>> 15
  }

  function end(): number {
    let high = Math.imul(one ^ (one >>> 16), second) ^ Math.imul(two ^ (two >>> 13), first)
    let low = Math.imul(two ^ (two >>> 16), second) ^ Math.imul(one ^ (one >>> 13), first)
    high ^= high >>> 16
    low ^= low >>> 16
    return (high & 0x1fffff) * 4_294_967_296 + (low >>> 0)
  }

  return {
    text(text) {
      begin()
      addText(text)
      return end()
    },
    values(values, skipped) {
      begin()
      for (let at = 0; at < values.length; at += 1) {
        if (skipped?.has(at) === true) continue
        const value = values[at] ?? null
        addPart(at)
        if (value === null) continue
        if (typeof value === 'string') addText(value)
        else {
          addPart(value | 0)
          addPart(Math.trunc(value / 4_294_967_296) | 0)
        }
      }
      return end()
    },
  }
}
