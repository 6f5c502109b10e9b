import { daysOf } from '../../contract/days-of.ts'
import { dayInWords, dayText, monthNames, yearOf } from './day-text.ts'
import { lookalikeDigits } from './lookalike-digits.ts'
import { typingDistance } from '../edit-distance.ts'
import type { Guess } from './suggestion.ts'

const clock = /(?:T|[\s,]+)\d{1,2}:\d{2}.*$/i
const timeOfDay = /(?:T|[\s,]+)(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?/i
const lookalike = /^[\dOoIl|SBZ\s./\\_-]+$/

/** The days that a text which is no date may mean. */
export function guessDates(text: string, asOf: number): readonly Guess[] {
  const day = text.replace(clock, '').trim()
  if (/[A-Za-z|]/.test(day) && /\d/.test(day) && lookalike.test(day))
    return guessPlain(lookalikeDigits(day), asOf).map((guess) => ({
      ...guess,
      reason: `A letter stands for a digit. ${guess.reason}`,
      confidence: guess.confidence * 0.95,
    }))
  return guessPlain(day, asOf)
}

/** The instants that a text which is none may mean: such a day, with the time of day as it is written. */
export function guessTimestamps(text: string, asOf: number): readonly Guess[] {
  const [, hour, minute, second = '00', half = ''] = timeOfDay.exec(text) ?? []
  const days = guessDates(text, asOf)
  if (hour === undefined || minute === undefined) return days
  const isAfternoon = half.toLowerCase() === 'pm'
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + (isAfternoon ? 12 : 0)
  return days.map((guess) => ({
    ...guess,
    value: `${guess.value}T${String(hours).padStart(2, '0')}:${minute}:${second}`,
  }))
}

function guessPlain(text: string, asOf: number): readonly Guess[] {
  const numbers = text.match(/\d+/g) ?? []
  const words = text.match(/\p{L}{3,}/gu) ?? []
  const months = words.flatMap((word) => monthOf(word) ?? [])
  const [month] = months
  if (month !== undefined) return months.length === 1 ? guessNamedMonth(numbers, month, asOf) : []
  if (words.length > 0) return []
  if (numbers.length === 3) return guessThreeNumbers(numbers as [string, string, string], text, asOf)
  return numbers.length === 1 ? guessOneNumber(numbers[0] ?? '', asOf) : []
}

function guessNamedMonth(numbers: readonly string[], month: number, asOf: number): readonly Guess[] {
  const [first = '', second = ''] = numbers
  if (numbers.length !== 2) return []
  const [year, day] = first.length === 4 ? [first, second] : [second, first]
  const isShort = year.length === 2
  if (!isShort && year.length !== 4) return []
  const found = isShort ? shortYear(Number(year), month, Number(day), asOf) : daysOf(Number(year), month, Number(day))
  return readAs(found, isShort ? 'The year has two digits' : 'The month is written as a word', isShort ? 0.8 : 0.95)
}

function guessThreeNumbers(numbers: readonly [string, string, string], text: string, asOf: number): readonly Guess[] {
  const isDotted = text.includes('.')
  const [first, second, third] = numbers.map(Number) as [number, number, number]
  if (numbers[0].length === 4 && numbers[2].length <= 2) {
    const year = first < 100 ? 2000 + first : first
    const asWritten = daysOf(year, second, third)
    if (asWritten !== undefined)
      return readAs(asWritten, year === first ? 'It is written in another form' : 'The year begins with zeros', 0.95)
    return [
      ...readAs(daysOf(year, third, second), 'Day and month are swapped', 0.9),
      ...lastOfMonth(year, second, third),
    ]
  }
  if (numbers[2].length === 4) {
    const monthFirst = daysOf(third, first, second)
    const dayFirst = daysOf(third, second, first)
    if (monthFirst === undefined)
      return [...readAs(dayFirst, 'Day and month are swapped', 0.9), ...lastOfMonth(third, first, second)]
    if (dayFirst === undefined || first === second) return readAs(monthFirst, 'It is written in another form', 0.9)
    return [
      ...readAs(monthFirst, 'With the month first', isDotted ? 0.4 : 0.7),
      ...readAs(
        dayFirst,
        isDotted ? 'With the day first, as is usual between dots' : 'With the day first',
        isDotted ? 0.6 : 0.3,
      ),
    ]
  }
  if (numbers.some((digits) => digits.length > 2)) return []
  const readings = [
    { days: shortYear(third, first, second, asOf), order: 'month, day, year', confidence: 0.65 },
    { days: shortYear(third, second, first, asOf), order: 'day, month, year', confidence: 0.45 },
    {
      // Nobody writes the year first between slashes.
      days: text.includes('/') ? undefined : shortYear(first, second, third, asOf),
      order: 'year, month, day',
      confidence: 0.4,
    },
  ].filter(({ days }) => days !== undefined)
  const isOnly = readings.length === 1
  return readings.flatMap(({ days, order, confidence }) =>
    readAs(days, `The year has two digits; in the order ${order}`, isOnly ? 0.75 : confidence),
  )
}

function guessOneNumber(digits: string, asOf: number): readonly Guess[] {
  if (digits.length === 5) {
    // Spreadsheets count days from 1899-12-30.
    const days = Number(digits) - 25_569
    const isLikely = days > asOf - 45_000 && days < asOf + 3_660
    return isLikely ? readAs(days, `${digits} is the number by which spreadsheets keep a day`, 0.6) : []
  }
  if (digits.length !== 8 && digits.length !== 14) return []
  const part = (from: number, to: number) => Number(digits.slice(from, to))
  const yearFirst = daysOf(part(0, 4), part(4, 6), part(6, 8))
  if (digits.length === 14) return readAs(yearFirst, 'A time of day follows', 0.85)
  return [
    ...readAs(daysOf(part(0, 4), part(6, 8), part(4, 6)), 'Day and month are swapped', 0.8),
    ...readAs(daysOf(part(4, 8), part(0, 2), part(2, 4)), 'In the order month, day, year', 0.75),
    ...readAs(daysOf(part(4, 8), part(2, 4), part(0, 2)), 'In the order day, month, year', 0.55),
  ]
}

/** The last day of the month where the text names one that the month does not have. */
function lastOfMonth(year: number, month: number, day: number): readonly Guess[] {
  const name = monthNames[month - 1]
  if (name === undefined || day < 29 || day > 31) return []
  const last = [30, 29, 28].find((shorter) => daysOf(year, month, shorter) !== undefined)
  if (last === undefined) return []
  return readAs(daysOf(year, month, last), `${name} ${year} has only ${last} days; taken as its last day`, 0.4)
}

/** The day of a year of two digits, of this century unless that is more than ten years ahead. */
function shortYear(year: number, month: number, day: number, asOf: number): number | undefined {
  const isAhead = 2000 + year > yearOf(asOf) + 10
  return daysOf((isAhead ? 1900 : 2000) + year, month, day)
}

function readAs(days: number | undefined, why: string, confidence: number): readonly Guess[] {
  if (days === undefined) return []
  return [{ value: dayText(days), reason: `${why}: read as ${dayInWords(days)}.`, confidence }]
}

/** The month, from 1, whose English name the word begins or nearly is. */
function monthOf(word: string): number | undefined {
  const given = word.toLowerCase()
  const begun = monthNames.findIndex((name) => name.toLowerCase().startsWith(given))
  if (begun >= 0) return begun + 1
  const near = monthNames.findIndex(
    (name) => given.length >= 4 && typingDistance(given, name.toLowerCase(), 1) <= (name.length >= 4 ? 1 : 0),
  )
  return near < 0 ? undefined : near + 1
}
