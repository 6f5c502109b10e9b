/** Days since 1970-01-01 of a real calendar date of the years 1900 to 2999; undefined for any other. */
export function daysOf(year: number, month: number, day: number): number | undefined {
  if (year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1 || day > 31) return undefined
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 ? date.getTime() / 86_400_000 : undefined
}
