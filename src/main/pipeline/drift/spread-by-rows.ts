import type { Residual } from './month-season.ts'
import { median } from './robust.ts'

/**
 * Deviations as if all points had been taken of the usual number of rows, and how many times wider a value of `rows` rows varies: a mean
 * of a quarter of the rows varies twice as much. Of more rows than usual it is not taken to vary less, since days differ too.
 */
export function spreadByRows(
  residuals: readonly Residual[],
  rows: number | undefined,
): { readonly deviations: readonly number[]; readonly factor: number } {
  const known = residuals.flatMap((residual) => residual.rows ?? [])
  const usual = median(known)
  if (rows === undefined || known.length < residuals.length || usual <= 0)
    return { deviations: residuals.map(({ off }) => off), factor: 1 }
  return {
    deviations: residuals.map(({ off, rows: own = usual }) => off * Math.sqrt(Math.min(1, own / usual))),
    factor: Math.sqrt(Math.max(1, usual / Math.max(rows, 1))),
  }
}
