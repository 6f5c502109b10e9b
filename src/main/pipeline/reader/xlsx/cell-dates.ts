import { formatters } from '../../../kernel/format-value.ts'

// The days of XLSX are counted from 1899-12-30, in a calendar that has a 29 February 1900 before this one.
const daysTo1970 = 25_569
const firstSoundDay = 61
const daysFrom1900To1904 = 1462
const lastDay = 2_958_465
const millisecondsPerDay = 86_400_000

/** Whether a number format shows days. `custom` is its code where it is one of the file's own. */
export function showsDays(id: number, custom: string | undefined): boolean {
  if (custom === undefined)
    return (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
  const code = custom.replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/gu, '')
  return /[yd]/iu.test(code)
}

/** A day of a spreadsheet as ISO 8601, with the time where it has one; null for a number that is no day. */
export function dayText(serial: number, isFrom1904: boolean): string | null {
  const counted = isFrom1904 ? serial + daysFrom1900To1904 : serial
  if (counted < 1 || counted >= lastDay + 1) return null
  const real = counted < firstSoundDay ? counted + 1 : counted
  const milliseconds = Math.round((real - daysTo1970) * millisecondsPerDay)
  const days = Math.floor(milliseconds / millisecondsPerDay)
  if (milliseconds === days * millisecondsPerDay) return formatters.date(days)
  return formatters.timestamp(milliseconds).replace(/(?:\.000)?Z$/u, '')
}
