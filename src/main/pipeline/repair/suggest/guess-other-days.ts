import { daysOf } from '../../contract/days-of.ts'
import { dayInWords, dayOf, dayText, yearOf } from './day-text.ts'
import type { Guess } from './suggestion.ts'

const daysOfYear = 366

/** Days that may be meant by one that is after the as-of date. */
export function guessEarlierDays(days: number, asOf: number): readonly Guess[] {
  const { year } = dayOf(days)
  const swapped = withDayAndMonthSwapped(days)
  return [
    ...read(inYear(days, year - 1), 'The year is one too late', 0.5),
    ...transposedYears(year).flatMap((other) => read(inYear(days, other), 'Two digits of the year are swapped', 0.5)),
    ...read(swapped, 'Day and month are swapped', 0.4),
    ...(year - 1 > yearOf(asOf) ? read(inYear(days, yearOf(asOf)), 'The year is wrong', 0.3) : []),
  ].filter(({ days: guessed }) => guessed <= asOf && guessed > asOf - 10 * daysOfYear)
}

/** Days that may be meant by the earlier and by the later of two, where the one that should be earlier is the later. */
export function guessOrderedDays(
  first: number,
  second: number,
): { readonly first: readonly Guess[]; readonly second: readonly Guess[] } {
  const firstSwapped = withDayAndMonthSwapped(first)
  const secondSwapped = withDayAndMonthSwapped(second)
  const late = laterYear(second, first)
  return {
    first: [
      ...read(
        firstSwapped !== undefined && firstSwapped <= second ? firstSwapped : undefined,
        'Day and month are swapped',
        0.45,
      ),
      ...read(second, 'The two dates are swapped', 0.3),
    ],
    second: [
      ...read(
        secondSwapped !== undefined && secondSwapped >= first ? secondSwapped : undefined,
        'Day and month are swapped',
        0.5,
      ),
      ...read(late, 'The year is one too early', 0.4),
      ...read(first, 'The two dates are swapped', 0.3),
    ],
  }
}

/** The day a year later, where that is no longer before the other. */
function laterYear(days: number, other: number): number | undefined {
  const later = inYear(days, yearOf(days) + 1)
  return later !== undefined && later >= other ? later : undefined
}

function withDayAndMonthSwapped(days: number): number | undefined {
  const { year, month, day } = dayOf(days)
  return day === month ? undefined : daysOf(year, day, month)
}

function inYear(days: number, year: number): number | undefined {
  const { month, day } = dayOf(days)
  return daysOf(year, month, day)
}

function transposedYears(year: number): readonly number[] {
  const [a, b, c, d] = String(year)
  return [Number(`${a}${c}${b}${d}`), Number(`${a}${b}${d}${c}`)].filter(
    (other) => other !== year && other !== year - 1,
  )
}

function read(
  days: number | undefined,
  why: string,
  confidence: number,
): readonly (Guess & { readonly days: number })[] {
  if (days === undefined) return []
  return [{ value: dayText(days), reason: `${why}: read as ${dayInWords(days)}.`, confidence, days }]
}
