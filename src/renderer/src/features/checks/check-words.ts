import type { Check } from '#features/checks'
import { formatCount } from '../../lib/format.ts'

/** How many rows fail, or what was measured of all of them. */
export function failingRows(check: Check): string {
  if (check.measured !== null) return check.measured
  if (check.failures === 0 || check.rows === null) return formatCount(check.failures)
  return `${formatCount(check.failures)} of ${formatCount(check.rows)}`
}

/** From when on a check warns or fails. */
export function limits(check: Check): string {
  return check.expected ?? (check.threshold === '' ? 'any row' : check.threshold)
}
