import type { CountedValue } from './counted-value.ts'
import { fingerprint, ngramFingerprint } from './fingerprint.ts'
import { clusterByKey } from './cluster-by-key.ts'
import { clusterByDistance } from './cluster-by-distance.ts'

/** Values that may be variants of one. */
export interface Cluster {
  /** Two or more; the most frequent first. */
  readonly values: readonly CountedValue[]
  /** The one that all may become. */
  readonly suggested: string
  readonly rows: number
}

export type ClusterMethod = 'fingerprint' | 'ngram_fingerprint' | 'levenshtein'

export interface ClusterOptions {
  /** levenshtein: how many letters may differ from the suggested value; 2 by default. */
  readonly radius?: number
  /** ngram_fingerprint: the size of the pieces; 2 by default. */
  readonly n?: number
  /** Values that are known to be right: among the equally frequent they are suggested first. */
  readonly accepted?: readonly string[]
}

/**
 * Finds values that may be variants of one another, the largest clusters first, by a method of OpenRefine
 * (https://openrefine.org/docs/technical-reference/clustering-in-depth). `values` are distinct. No value is in two clusters.
 */
export function clusterValues(
  values: readonly CountedValue[],
  method: ClusterMethod,
  options: ClusterOptions = {},
): readonly Cluster[] {
  const ranked = rank(values, new Set(options.accepted))
  return group(ranked, method, options)
    .filter((members) => members.length > 1)
    .map((members) => ({
      values: members,
      suggested: members[0]?.value ?? '',
      rows: members.reduce((rows, { count }) => rows + count, 0),
    }))
    .toSorted((one, other) => other.rows - one.rows || other.values.length - one.values.length)
}

function group(
  ranked: readonly CountedValue[],
  method: ClusterMethod,
  { radius = 2, n = 2 }: ClusterOptions,
): readonly (readonly CountedValue[])[] {
  switch (method) {
    case 'fingerprint':
      return clusterByKey(ranked, fingerprint)
    case 'ngram_fingerprint':
      return clusterByKey(ranked, (value) => ngramFingerprint(value, n))
    case 'levenshtein':
      return clusterByDistance(ranked, radius)
  }
}

/** In the order in which values are suggested: the most frequent, the accepted, the shortest; at last in the order of their characters. */
function rank(values: readonly CountedValue[], accepted: ReadonlySet<string>): readonly CountedValue[] {
  return values.toSorted(
    (one, other) =>
      other.count - one.count ||
      Number(accepted.has(other.value)) - Number(accepted.has(one.value)) ||
      one.value.length - other.value.length ||
      (one.value < other.value ? -1 : 1),
  )
}
