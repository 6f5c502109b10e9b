import type { Neighbours } from './neighbours.ts'

/** More variants than this would take too much memory and time. */
export const mostVariants = 6_000_000

const base = 0x0100_0193
const inverse = inverseOf(base)

/** How many texts come of one of this length when up to `radius` of its letters are left out. */
export function variantCount(length: number, radius: number): number {
  let ways = 1
  let sum = 1
  for (let left = 1; left <= Math.min(length, radius); left += 1) {
    ways = (ways * (length - left + 1)) / left
    sum += ways
  }
  return sum
}

/**
 * Finds all neighbours of a text: two texts that differ by up to `radius` letters become equal when up to `radius` of the letters of
 * each are left out. The texts that come of it are kept as numbers of 32 bits alone, so that a few strangers may be among the neighbours.
 */
export function indexByDeletions(texts: readonly string[], radius: number): Neighbours {
  const total = texts.reduce((sum, text) => sum + variantCount(text.length, radius), 0)
  const buckets = 2 ** Math.max(4, Math.ceil(Math.log2(total + 1)))
  const first = new Int32Array(buckets).fill(-1)
  const next = new Int32Array(total)
  const hashes = new Int32Array(total)
  const owners = new Int32Array(total)
  let used = 0
  for (const [owner, text] of texts.entries()) {
    eachVariant(text, radius, (hash) => {
      const bucket = bucketOf(hash, buckets)
      hashes[used] = hash
      owners[used] = owner
      next[used] = first[bucket] as number
      first[bucket] = used
      used += 1
    })
  }
  return (value, visit) => {
    eachVariant(texts[value] ?? '', radius, (hash) => {
      for (let entry = first[bucketOf(hash, buckets)] as number; entry >= 0; entry = next[entry] as number)
        if (hashes[entry] === hash) visit(owners[entry] as number)
    })
  }
}

/**
 * Calls with the hash of each text that is left. A text's hash is the sum of its letters, each times a power of the base by its
 * place, so that the hash without a letter comes of the hashes of what stands before and behind it.
 */
function eachVariant(text: string, radius: number, visit: (hash: number) => void): void {
  const { length } = text
  const sums = new Int32Array(length + 1)
  let power = 1
  for (let at = 0; at < length; at += 1) {
    sums[at + 1] = (sums[at] as number) + Math.imul(text.charCodeAt(at) + 1, power)
    power = Math.imul(power, base)
  }
  const leaveOut = (from: number, before: number, shift: number, left: number): void => {
    const end = sums[length] as number
    visit((before + Math.imul(end - (sums[from] as number), shift)) | 0)
    if (left === 0) return
    const shifted = Math.imul(shift, inverse)
    for (let at = from; at < length; at += 1) {
      const kept = before + Math.imul((sums[at] as number) - (sums[from] as number), shift)
      leaveOut(at + 1, kept | 0, shifted, left - 1)
    }
  }
  leaveOut(0, 0, 1, radius)
}

function bucketOf(hash: number, buckets: number): number {
  return (Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d) >>> 7) & (buckets - 1)
}

/** The number that gives 1 when it is multiplied with an odd one, in 32 bits. */
function inverseOf(odd: number): number {
  let found = odd
  for (let step = 0; step < 5; step += 1) found = Math.imul(found, 2 - Math.imul(odd, found))
  return found
}
