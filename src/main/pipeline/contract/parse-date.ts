import { daysOf } from './days-of.ts'
import { parseTimestamp } from './parse-timestamp.ts'

const months: Readonly<Record<string, number>> = {
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  oct: 10,
  nov: 11,
  dec: 12,
}
interface DateForm {
  readonly form: RegExp
  readonly order: readonly [year: number, month: number, day: number]
  /** As people write it. */
  readonly name: string
}

const forms: readonly DateForm[] = [
  { form: /^(\d{4})-(\d{2})-(\d{2})$/, order: [1, 2, 3], name: 'YYYY-MM-DD' },
  { form: /^(\d{4})\/(\d{2})\/(\d{2})$/, order: [1, 2, 3], name: 'YYYY/MM/DD' },
  { form: /^(\d{4})(\d{2})(\d{2})$/, order: [1, 2, 3], name: 'YYYYMMDD' },
  { form: /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, order: [3, 1, 2], name: 'M/D/YYYY' },
  { form: /^(\d{2})-(\d{2})-(\d{4})$/, order: [3, 1, 2], name: 'MM-DD-YYYY' },
  { form: /^(\d{1,2})-([A-Za-z]{3})-(\d{4})$/, order: [3, 2, 1], name: 'D-Mon-YYYY' },
]

/** Days since 1970-01-01 of a date in any of the known forms (month first where slashed or dashed), or of the date part of a date-time. */
export function parseDate(text: string): number | undefined {
  for (const { form, order } of forms) {
    const parts = form.exec(text)
    if (parts === null) continue
    const month = parts[order[1]] ?? ''
    return daysOf(Number(parts[order[0]]), months[month.toLowerCase()] ?? Number(month), Number(parts[order[2]]))
  }
  if (text.length > 10 && parseTimestamp(text) !== undefined) return parseDate(text.slice(0, 10))
  return undefined
}

/** In which of the known forms a date is written, as people write the form; null for a date-time. */
export function dateFormOf(text: string): string | null {
  return forms.find(({ form }) => form.test(text))?.name ?? null
}
