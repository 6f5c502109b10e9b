const first = 0x9e3779b1
const second = 0x85ebca77

/** Hashes a number to a whole number below 2^53, evenly spread; the same in every process and for ever. */
export function hashNumber(value: number): number {
  const low = value | 0
  const high = Math.trunc(value / 4_294_967_296) | 0
  let one = Math.imul(low ^ 0x2545f491, first) ^ high
  one = Math.imul(one ^ (one >>> 15), second)
  one ^= one >>> 13
  let two = Math.imul(one ^ low, second)
  two = Math.imul(two ^ (two >>> 16), first)
  two ^= two >>> 14
  return (one & 0x1fffff) * 4_294_967_296 + (two >>> 0)
}
