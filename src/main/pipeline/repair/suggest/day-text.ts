export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

interface Day {
  readonly year: number
  /** From 1. */
  readonly month: number
  readonly day: number
}

/** Year, month and day of a number of days since 1970-01-01. */
export function dayOf(days: number): Day {
  const date = new Date(days * 86_400_000)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

export function yearOf(days: number): number {
  return dayOf(days).year
}

/** As feeds write it: 2022-01-13. */
export function dayText(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10)
}

/** As a person reads it: 13 January 2022. */
export function dayInWords(days: number): string {
  const { year, month, day } = dayOf(days)
  return `${day} ${monthNames[month - 1] ?? ''} ${year}`
}
