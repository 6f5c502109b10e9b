import { incompleteGamma } from './incomplete-gamma.ts'

/** The probability of so many events or fewer where `mean` are usual (DLMF 8.4.10); null of a mean that is none. */
export function poissonAtMost(count: number, mean: number): number | null {
  if (!(mean >= 0) || Number.isNaN(count)) return null
  if (count < 0) return 0
  return incompleteGamma(Math.floor(count) + 1, mean).upper
}

/** The probability of more events than so many where `mean` are usual; null of a mean that is none. */
export function poissonMoreThan(count: number, mean: number): number | null {
  if (!(mean >= 0) || Number.isNaN(count)) return null
  if (count < 0) return 1
  return incompleteGamma(Math.floor(count) + 1, mean).lower
}
