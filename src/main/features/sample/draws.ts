/** A stream of random numbers: the two words of a xoroshiro64** generator. */
export type Draws = Int32Array

/** A stream that `beginDraws` sets to its start. */
export function newDraws(): Draws {
  return new Int32Array(2)
}

/**
 * Sets the stream to the start that belongs to `key` (a row) and `salt` (a column). Every cell has a stream of its own, so that
 * any row can be made again alone, and a change to one column leaves the others as they were.
 */
export function beginDraws(draws: Draws, key: number, salt: number): void {
  const first = mix(key ^ Math.imul(salt, 0x9e3779b1))
  draws[0] = first
  draws[1] = mix(first ^ 0x2545f491) | 1
}

/** The next number of the stream, from 0 up to but not including 1. */
export function draw(draws: Draws): number {
  const a = draws[0] ?? 0
  const b = (draws[1] ?? 0) ^ a
  draws[0] = ((a << 26) | (a >>> 6)) ^ b ^ (b << 9)
  draws[1] = (b << 13) | (b >>> 19)
  const scrambled = Math.imul(a, 0x9e3779bb)
  return (Math.imul((scrambled << 5) | (scrambled >>> 27), 5) >>> 0) / 4_294_967_296
}

/** The next whole number of the stream from `from` to `to`, both included. */
export function drawWhole(draws: Draws, from: number, to: number): number {
  return from + Math.floor(draw(draws) * (to - from + 1))
}

/** A number that stands for `seed` and `text`. */
export function saltOf(text: string, seed = 0): number {
  let hash = mix(seed ^ 0x811c9dc5)
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return mix(hash)
}

/** Spreads the bits of a 32-bit number over all of it. */
export function mix(number: number): number {
  let bits = number | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad)
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97)
  return bits ^ (bits >>> 15)
}
