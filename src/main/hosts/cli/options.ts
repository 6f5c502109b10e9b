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
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, nonEmpty(text)]
}

/** The same where the text may be empty: an empty cell is a value too. */
export function collectText(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text]
}

/** Gathers whole numbers from 1 on. */
export function collectNumbers(text: string, before: readonly number[] = []): readonly number[] {
  return [...before, wholeNumber(1, Number.MAX_SAFE_INTEGER)(text)]
}

/** Gathers values out of a list of those that there are. */
export function collectOneOf<Value extends string>(
  known: readonly Value[],
): (text: string, before?: readonly Value[]) => readonly Value[] {
  return (text, before = []) => {
    const value = known.find((one) => one === text)
    if (value === undefined) throw new InvalidArgumentError(`It is one of ${known.join(', ')}.`)
    return [...before, value]
  }
}

/** A number from 0 to 1. */
export function share(text: string): number {
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('A number from 0 to 1 is expected.')
  return value
}
