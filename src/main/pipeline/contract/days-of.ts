/** Days since 1970-01-01 of a real calendar date of the years 1 to 9999; undefined for any other. */
export function calendarDay(year: number, month: number, day: number): number | undefined {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return undefined
  // Date.UTC takes the years to 99 for those of the last century.
  const date = new Date(new Date(0).setUTCFullYear(year, month - 1, day))
  return date.getUTCMonth() === month - 1 ? date.getTime() / 86_400_000 : undefined
}

/** The same of the years 1900 to 2999 alone, in which the days of feeds lie. */
export function daysOf(year: number, month: number, day: number): number | undefined {
  return year < 1900 || year > 2999 ? undefined : calendarDay(year, month, day)
}
