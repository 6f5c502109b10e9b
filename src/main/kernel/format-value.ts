import { AppError } from './app-error.ts'
import type { ColumnType } from './column-type.ts'

const millisecondsPerDay = 86_400_000
const daysFrom0000To1970 = 719_468
const twoDigits = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))
const monthDays = Array.from({ length: 13 * 32 }, (_, key) => `-${twoDigits[key >> 5]}-${twoDigits[key & 31]}`)

/** The texts of the days from 1970 to 2069, each from its first use on. */
const textsOfDays: (string | undefined)[] = Array.from({ length: 36_525 })

/** How an inside value (not null) of each type looks outside. */
export const formatters: Readonly<Record<ColumnType, (value: unknown) => string>> = {
  text: (value) => (typeof value === 'string' ? value : formatInteger(value, 'text')),
  integer: (value) => formatInteger(value, 'integer'),
  boolean: (value) => (isTrue(value) ? 'true' : 'false'),
  date: (value) => formatDays(safeInteger(value, 'date')),
  timestamp: (value) => formatInstant(safeInteger(value, 'timestamp')),
  money: (value) => formatHundredths(value, 'money'),
  percent: (value) => formatHundredths(value, 'percent'),
}

/** The text of an inside value as people and exports see it; null stays null. */
export function formatCell(type: ColumnType, value: unknown): string | null {
  return value === null ? null : formatters[type](value)
}

/** A boolean column's 0 or 1 as a boolean. */
export function isTrue(value: unknown): boolean {
  if (value === 1 || value === 1n) return true
  if (value === 0 || value === 0n) return false
  throw unfit(value, 'boolean')
}

/** An integer that fits a number exactly; `type` names the column's type in the error. */
export function safeInteger(value: unknown, type: ColumnType): number {
  const number = typeof value === 'bigint' ? Number(value) : value
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number
  throw unfit(value, type)
}

/** An integer of any size; `type` names the column's type in the error. */
export function bigInteger(value: unknown, type: ColumnType): bigint {
  return typeof value === 'bigint' ? value : BigInt(safeInteger(value, type))
}

function formatInteger(value: unknown, type: ColumnType): string {
  return typeof value === 'bigint' ? String(value) : String(safeInteger(value, type))
}

function formatHundredths(value: unknown, type: ColumnType): string {
  if (typeof value === 'bigint') {
    const digits = String(value < 0n ? -value : value).padStart(3, '0')
    return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
  }
  const number = safeInteger(value, type)
  const size = number < 0 ? -number : number
  const whole = Math.floor(size / 100)
  return `${number < 0 ? '-' : ''}${whole}.${twoDigits[size - whole * 100]}`
}

/** Days since 1970-01-01 as `YYYY-MM-DD`; the same few years come again and again, so that their texts are kept. */
function formatDays(days: number): string {
  return days >= 0 && days < textsOfDays.length ? (textsOfDays[days] ??= writeDays(days)) : writeDays(days)
}

/** Days since 1970-01-01 as `YYYY-MM-DD`, by the proleptic Gregorian calendar counted in eras of 400 years that begin in March. */
function writeDays(days: number): string {
  const shifted = days + daysFrom0000To1970
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
  if (year < 0 || year > 9999) throw unfit(days, 'date')
  return `${year < 1000 ? String(year).padStart(4, '0') : year}${monthDays[month * 32 + day]}`
}

function formatInstant(milliseconds: number): string {
  const days = Math.floor(milliseconds / millisecondsPerDay)
  const rest = milliseconds - days * millisecondsPerDay
  const seconds = Math.floor(rest / 1000)
  const minutes = Math.floor(seconds / 60)
  const clock = `${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}`
  return `${formatDays(days)}T${clock}.${String(rest % 1000).padStart(3, '0')}Z`
}

/** SQL may yield anything in any column; what the declared type cannot hold is the model's fault and said so. */
function unfit(value: unknown, type: ColumnType): AppError {
  const shown =
    typeof value === 'string'
      ? JSON.stringify(value.slice(0, 100))
      : value instanceof Uint8Array
        ? 'A blob'
        : String(value)
  return new AppError('MODEL_FAILED', `${shown} is not a value of type ${type}.`, {
    hint: 'Mend the SQL of the model, or the data_type of its column.',
  })
}
