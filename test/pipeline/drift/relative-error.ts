/** How far a value is off a reference value, in parts of it. */
export function relativeError(value: number | null | undefined, reference: number): number {
  if (value === reference) return 0
  return value === null || value === undefined ? Number.NaN : Math.abs((value - reference) / reference)
}
