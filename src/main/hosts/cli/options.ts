import { InvalidArgumentError } from 'commander'

/** A calendar day that exists, as `YYYY-MM-DD`. */
export function parseDay(text: string): string {
  const date = new Date(`${text}T00:00:00Z`)
  // 2022-02-30 may silently become the second of March.
  const isReal =
    /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(date.getTime()) && date.toISOString().startsWith(text)
  if (!isReal || text.startsWith('0000'))
    throw new InvalidArgumentError('A day is written YYYY-MM-DD and exists in the calendar.')
  return text
}

/** A whole number within limits, as an option's parser. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= least && value <= most))
      throw new InvalidArgumentError(`A whole number from ${least} to ${most} is expected.`)
    return value
  }
}

/** Text that says something; `--input ""` is most often a shell variable that was never set. */
export function nonEmpty(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.')
  return text
}

/** Gathers the values of an option that may be given several times. */
export function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, nonEmpty(text)]
}
