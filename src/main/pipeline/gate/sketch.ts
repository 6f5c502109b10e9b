/**
 * A sample of hashes by which sets are compared in constant memory: the least `sketchSize` of them (bottom-k; Beyer et al. 2007, "On
 * synopses for distinct-value estimation under multiset operations"). Two sets sample the same elements, whatever their order.
 */
export interface Sketch {
  /** Ascending. */
  readonly hashes: Float64Array
  /** Beside each hash a hash of what it stands for; empty where the sketch is of plain elements. */
  readonly contents: Float64Array
}

const sketchSize = 4096

/** What two sets have in common, as shares estimated from their sketches. */
export interface Comparison {
  /** Of the later set: what the earlier did not have. */
  readonly added: number
  /** Of the earlier set: what the later does not have. */
  readonly gone: number
  /** Of what both have: what has another content. */
  readonly changed: number
  /** How many elements of the later set were looked at. */
  readonly sampled: number
}

/** Gathers a sketch; of one element that comes again the more recent content counts, on a tie the later one. */
export interface SketchBuilder {
  add(hash: number, content: number, recency: number): void
  take(): Sketch
}

/** An empty sketch to gather into; holds never more than twice `size` elements. */
export function createSketch(size = sketchSize): SketchBuilder {
  const found = new Map<number, { content: number; recency: number }>()
  // Beyond it no hash can be among the least: nearly every element ends at this one comparison.
  let limit = Number.POSITIVE_INFINITY

  function shrink(): readonly number[] {
    const least = [...found.keys()].toSorted((a, b) => a - b)
    for (const hash of least.slice(size)) found.delete(hash)
    limit = least.length >= size ? (least[size - 1] ?? limit) : limit
    return least.slice(0, size)
  }

  return {
    add(hash, content, recency) {
      if (hash > limit) return
      const known = found.get(hash)
      if (known === undefined) found.set(hash, { content, recency })
      else if (recency >= known.recency) {
        known.content = content
        known.recency = recency
      }
      if (found.size >= 2 * size) shrink()
    },
    take() {
      const hashes = shrink()
      const contents = hashes.map((hash) => found.get(hash)?.content ?? 0)
      return { hashes: Float64Array.from(hashes), contents: Float64Array.from(contents) }
    },
  }
}

/** The sketch of several sets together; of an element in more than one the last content counts. */
export function mergeSketches(sketches: readonly Sketch[], size = sketchSize): Sketch {
  const builder = createSketch(size)
  for (const { hashes, contents } of sketches)
    for (const [index, hash] of hashes.entries()) builder.add(hash, contents[index] ?? 0, 0)
  return builder.take()
}

/** Compares a later set with an earlier one, by those of their elements that both sketches would have sampled. */
export function compareSketches(earlier: Sketch, later: Sketch, size = sketchSize): Comparison {
  const limit = Math.min(limitOf(earlier, size), limitOf(later, size))
  const before = new Map<number, number>()
  for (const [index, hash] of earlier.hashes.entries())
    if (hash <= limit) before.set(hash, earlier.contents[index] ?? 0)
  let sampled = 0
  let both = 0
  let changed = 0
  for (const [index, hash] of later.hashes.entries()) {
    if (hash > limit) break
    sampled += 1
    const content = before.get(hash)
    if (content === undefined) continue
    both += 1
    if (content !== (later.contents[index] ?? 0)) changed += 1
  }
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
  return {
    added: share(sampled - both, sampled),
    gone: share(before.size - both, before.size),
    changed: share(changed, both),
    sampled,
  }
}

/** How many elements the set of a sketch has; an estimate where they are more than the sketch holds. */
export function sizeOf({ hashes }: Sketch, size = sketchSize): number {
  if (hashes.length < size) return hashes.length
  return Math.round((hashes.length - 1) / ((hashes.at(-1) ?? 1) / 2 ** 53))
}

/** Up to which hash a sketch holds every element of its set. */
function limitOf({ hashes }: Sketch, size: number): number {
  return hashes.length < size ? Number.POSITIVE_INFINITY : (hashes.at(-1) ?? 0)
}
